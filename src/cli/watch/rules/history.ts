import type { Command } from "commander";
import { itemsOf } from "../../connection/pages";
import { printJson, printTable } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";
import { wholeNumber } from "../../connection/whole-number";
import { findRule } from "./find-rule";
import { conditionText } from "./rule-words";
import { say } from "./say-saved";

/** `mc rules history` and `restore`. A deleted rule is known by its id only. */
export function registerHistory(rules: Command): void {
  withServer(rules.command("history").argument("<rule>", "id or name; the id of a deleted one"))
    .description("every version with its author, newest first")
    .action(async (name: string, server: ServerOptions) => {
      const client = connect(server);
      const id = await idOf(client, name);
      const versions = await itemsOf((page) => client.rules.versions.query({ id, ...page }));
      if (server.json) return printJson(versions);
      printTable(
        ["VERSION", "AT", "BY", "HOW", "ON", "SEVERITY", "WHEN"],
        versions.map(({ version: number, at, author, how, rule }) => [
          number,
          at,
          author.name,
          how,
          rule.enabled ? "yes" : "no",
          rule.severity,
          conditionText(rule.condition),
        ]),
      );
    });

  withServer(
    rules.command("restore").argument("<rule>", "id or name").argument("<version>", "which", wholeNumber(1)),
  )
    .description("make an old version the newest one; a deleted rule comes back")
    .action(async (name: string, number: number, server: ServerOptions) => {
      const client = connect(server);
      const id = await idOf(client, name);
      say(server, await client.rules.restore.mutate({ id, version: number }), "restored");
    });
}

async function idOf(client: ReturnType<typeof connect>, name: string): Promise<string> {
  return name.startsWith("rul_") ? name : (await findRule(client, name)).id;
}
