import type { Command } from "commander";
import { exactDuration } from "@/contracts/watch/exact-duration";
import type { AlertPolicy, Route } from "@/contracts/watch/policy";
import { itemsOf } from "../../connection/pages";
import { printJson, printLine, printTable } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";
import { wholeNumber } from "../../connection/whole-number";
import { matcherWords } from "../silences/matchers";
import { registerEdit } from "./edit";
import { labelsOfWords } from "./labels-of-words";

/** `mc routes …` */
export function registerRoutes(program: Command): void {
  const routes = program
    .command("routes")
    .description("who is told of alerts, and when: show, edit, test, history, restore");
  registerReading(routes);
  registerEdit(routes);
  registerVersions(routes);
}

function registerReading(routes: Command): void {
  withServer(routes.command("show").description("the tree of routes and the inhibitions")).action(
    async (server: ServerOptions) => {
      const client = connect(server);
      const stored = await client.alertPolicy.get.query({});
      if (server.json) return printJson(stored);
      const { items } = await client.channels.list.query({});
      const names = new Map(items.map(({ id, name }) => [id, name]));
      printLine(`Version ${stored.version}, ${stored.at}, by ${stored.author.name}`);
      for (const line of policyLines(stored.policy, (id) => names.get(id) ?? `${id} (deleted)`))
        printLine(line);
    },
  );

  withServer(
    routes.command("test").argument("[labels...]", "such as severity=critical tag=prod,eu kind=offline"),
  )
    .description("whom an alert with these labels would reach, and when")
    .option("--rule <id>", "fired by this rule, which may name channels itself")
    .action(async (words: string[], { rule, ...server }: ServerOptions & { rule?: string }) => {
      const labels = labelsOfWords(words);
      const found = await connect(server).alertPolicy.preview.mutate({
        labels,
        ...(rule ? { ruleId: rule } : {}),
      });
      if (server.json) return printJson(found);
      for (const route of found.routes) {
        const names = route.channels.map(({ name }) => name).join(", ");
        printLine(`${route.name}: ${names || "nobody: no channel is switched on"}`);
        printLine(
          `    ${waitText(route.waitMs)}, news every ${exactDuration(route.intervalMs)}, again after ${exactDuration(route.repeatMs)}`,
        );
        printLine(`    in one message with the same ${route.groupBy.join(", ") || "route"}`);
        if (route.quietUntil) printLine(`    quiet until ${route.quietUntil}`);
        for (const { afterMs, channels } of route.escalation) {
          printLine(
            `    unless acknowledged within ${exactDuration(afterMs)}: ${channels.map(({ name }) => name).join(", ")}`,
          );
        }
      }
      if (found.mutedBy) printLine(`Muted now by ${found.mutedBy.name}: ${found.mutedBy.source} fires.`);
      if (found.silencedBy) {
        printLine(`Silenced until ${found.silencedBy.until}: ${found.silencedBy.reason}`);
      }
    });
}

function registerVersions(routes: Command): void {
  withServer(routes.command("history").description("every version with its author, newest first")).action(
    async (server: ServerOptions) => {
      const client = connect(server);
      const versions = await itemsOf((page) => client.alertPolicy.versions.query(page));
      if (server.json) return printJson(versions);
      printTable(
        ["VERSION", "AT", "BY", "ROUTES", "INHIBITIONS"],
        versions.map(({ version, at, author, policy }) => [
          version,
          at,
          author.name,
          countOf(policy.root),
          policy.inhibitions.length,
        ]),
      );
    },
  );

  withServer(routes.command("restore").argument("<version>", "which", wholeNumber(1)))
    .description("make an old version the newest one")
    .action(async (restore: number, server: ServerOptions) => {
      const client = connect(server);
      const { version } = await client.alertPolicy.get.query({});
      const stored = await client.alertPolicy.restore.mutate({ version, restore });
      if (server.json) return printJson(stored);
      printLine(`Version ${restore} is back, as version ${stored.version}.`);
    });
}

const countOf = (route: Route): number => route.routes.reduce((sum, child) => sum + countOf(child), 1);
const waitText = (ms: number) => (ms === 0 ? "at once" : `gathers ${exactDuration(ms)}`);

function policyLines({ root, inhibitions }: AlertPolicy, nameOf: (id: string) => string): string[] {
  const lines: string[] = [];
  const add = (route: Route, depth: number) => {
    const indent = "  ".repeat(depth);
    const fits = route.matchers.length > 0 ? matcherWords(route.matchers) : "everything";
    const words = [
      route.channelIds.length > 0 ? `tells ${route.channelIds.map(nameOf).join(", ")}` : null,
      route.groupBy ? `grouped by ${route.groupBy.join(", ") || "nothing"}` : null,
      route.waitMs === null ? null : waitText(route.waitMs),
      route.intervalMs === null ? null : `news every ${exactDuration(route.intervalMs)}`,
      route.repeatMs === null ? null : `again after ${exactDuration(route.repeatMs)}`,
      ...(route.escalation ?? []).map(
        ({ afterMs, channelIds }) =>
          `after ${exactDuration(afterMs)} also ${channelIds.map(nameOf).join(", ")}`,
      ),
      route.quiet.length > 0 ? "quiet hours" : null,
      route.continue ? "and goes on" : null,
    ].filter((word) => word !== null);
    lines.push(
      `${indent}${route.name} [${route.id}]: ${fits}${words.length > 0 ? ` → ${words.join("; ")}` : ""}`,
    );
    for (const child of route.routes) add(child, depth + 1);
  };
  add(root, 0);
  for (const { name, source, target, equal, enabled } of inhibitions) {
    const same = equal.length > 0 ? ` with the same ${equal.join(", ")}` : "";
    lines.push(
      `${enabled ? "" : "(off) "}${name}: ${matcherWords(source)} mutes ${matcherWords(target)}${same}`,
    );
  }
  return lines;
}
