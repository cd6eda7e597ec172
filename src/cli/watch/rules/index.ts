import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../../connection/fail";
import { printJson, printLine, printTable } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";
import { findRule } from "./find-rule";
import { registerHistory } from "./history";
import { registerRehearse } from "./rehearse";
import { type RuleOptions, withRuleOptions, wordsOf } from "./rule-options";
import { conditionText, ruleLines, scopeText } from "./rule-words";
import { registerRulesFile } from "./rules-file";
import { say } from "./say-saved";

/** `mc rules …` */
export function registerRules(program: Command): void {
  const rules = program
    .command("rules")
    .description("what is worth an alert: list, show, add, edit, …, export, import, rehearse");
  registerReading(rules);
  registerSaving(rules);
  registerSwitching(rules);
  registerHistory(rules);
  registerRulesFile(rules);
  registerRehearse(rules);
}

function registerReading(rules: Command): void {
  withServer(rules.command("list").description("all rules")).action(async (server: ServerOptions) => {
    const { items } = await connect(server).rules.list.query({});
    if (server.json) return printJson(items);
    printTable(
      ["NAME", "ON", "SEVERITY", "WHEN", "SCOPE", "ID"],
      items.map((rule) => [
        rule.name,
        rule.enabled ? "yes" : "no",
        rule.severity,
        conditionText(rule.condition),
        scopeText(rule.scope),
        rule.id,
      ]),
    );
  });

  withServer(
    rules.command("show").argument("<rule>", "id or name").description("all that a rule says"),
  ).action(async (name: string, server: ServerOptions) => {
    const client = connect(server);
    const rule = await findRule(client, name);
    if (server.json) return printJson(rule);
    const { items } = await client.channels.list.query({});
    const channelName = (id: string) => items.find((channel) => channel.id === id)?.name ?? `${id} (deleted)`;
    for (const [word, text] of ruleLines(rule, channelName)) printLine(`${word.padEnd(9)} ${text}`);
  });
}

function registerSaving(rules: Command): void {
  withServer(withRuleOptions(rules.command("add").description("make a rule")))
    .option("--disabled", "it watches nobody until it is enabled")
    .action(async ({ disabled, ...given }: ServerOptions & RuleOptions & { disabled?: boolean }) => {
      const client = connect(given);
      const words = await wordsOf(client, given);
      const { name, condition, severity, scope = { kind: "all" as const } } = words;
      if (!name || !condition || !severity)
        throw new Failure("A rule needs --name, --when and --severity.", exitCodes.usage);
      const wish = { ...words, name, condition, severity, scope, enabled: !disabled };
      say(given, await client.rules.create.mutate(wish), "made");
    });

  withServer(withRuleOptions(rules.command("edit").argument("<rule>", "id or name")))
    .description("change what is given; the rest stays")
    .action(async (name: string, given: ServerOptions & RuleOptions) => {
      const client = connect(given);
      const { id, version } = await findRule(client, name);
      const words = await wordsOf(client, given);
      say(given, await client.rules.change.mutate({ id, version, ...words }), "changed");
    });
}

function registerSwitching(rules: Command): void {
  for (const [word, enabled] of [
    ["enable", true],
    ["disable", false],
  ] as const) {
    withServer(rules.command(word).argument("<rule>", "id or name"))
      .description(enabled ? "let it watch" : "let it watch nobody; what it fires resolves")
      .action(async (name: string, server: ServerOptions) => {
        const client = connect(server);
        const { id } = await findRule(client, name);
        say(server, await client.rules.change.mutate({ id, enabled }), `${word}d`);
      });
  }

  withServer(rules.command("delete").argument("<rule>", "id or name"))
    .description("take it away; what it fires resolves. mc rules restore brings it back")
    .action(async (name: string, server: ServerOptions) => {
      const client = connect(server);
      const { id, version, name: called } = await findRule(client, name);
      await client.rules.remove.mutate({ id });
      if (server.json) return printJson({ ok: true });
      printLine(`${called}: deleted. Bring it back by: mc rules restore ${id} ${version}`);
    });

  withServer(rules.command("duplicate").argument("<rule>", "id or name"))
    .description("copy it; the copy is switched off")
    .action(async (name: string, server: ServerOptions) => {
      const client = connect(server);
      const { id } = await findRule(client, name);
      say(server, await client.rules.duplicate.mutate({ id }), "made, switched off");
    });
}
