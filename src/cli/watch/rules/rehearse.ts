import { existsSync } from "node:fs";
import type { Command } from "commander";
import { exactDuration } from "@/contracts/watch/exact-duration";
import type { Rehearsal, RehearseInput } from "@/contracts/watch/rehearsal";
import { readGivenFile } from "../../connection/given-file";
import { printJson, printLine, printTable } from "../../connection/print";
import { type Client, connect, type ServerOptions, withServer } from "../../connection/server";
import { wholeNumber } from "../../connection/whole-number";
import { findRule } from "./find-rule";

/** Episodes that are printed; `--json` has all that the server sends. */
const mostPrinted = 20;

/** `mc rules rehearse`: what rules would have fired on the stored history. */
export function registerRehearse(rules: Command): void {
  withServer(rules.command("rehearse").argument("<rule>", "id or name, or a file as of export"))
    .description("show what it would have fired over the last days; nothing is written")
    .option("--days <days>", "how far back, at most 7 (default: 7)", wholeNumber(1, 7))
    .action(async (rule: string, { days: back, ...server }: ServerOptions & { days?: number }) => {
      const client = connect(server);
      const found: { name: string; rehearsal: Rehearsal }[] = [];
      for (const input of await inputsOf(client, rule))
        found.push({
          name: input.rule.name,
          rehearsal: await client.rules.rehearse.mutate({ ...input, ...(back ? { days: back } : {}) }),
        });
      if (server.json) return printJson(found);
      for (const { name, rehearsal } of found) print(name, rehearsal);
    });
}

/** The rules of a file, else the one of an id or name. */
async function inputsOf(client: Client, rule: string): Promise<RehearseInput[]> {
  if (rule === "-" || existsSync(rule)) {
    const { items } = await client.rules.import.mutate({ yaml: readGivenFile(rule), apply: false });
    return items.map(({ rule: draft, ruleId }) => ({ rule: draft, ...(ruleId ? { ruleId } : {}) }));
  }
  const { id, version: _, createdAt: __, changedAt: ___, ...draft } = await findRule(client, rule);
  return [{ rule: draft, ruleId: id }];
}

function print(name: string, rehearsal: Rehearsal): void {
  const { firings, subjects, messages, firingMs, from, to, dataFrom, blind, worstHour, notes } = rehearsal;
  printLine(`${name}, ${from} to ${to}`);
  const worst = worstHour ? `, ${worstHour.messages} in the worst hour (${worstHour.at})` : "";
  printLine(
    `${firings} alerts about ${subjects} subjects, firing for ${exactDuration(firingMs - (firingMs % 1_000))} in all; ${messages} messages a channel${worst}.`,
  );
  if (dataFrom && dataFrom > from)
    printLine(`Note: what this rule looks at is stored since ${dataFrom} only.`);
  if (blind.length > 0) printLine(`Note: ${blind.length} times without sight were left out.`);
  for (const note of notes) printLine(`Note: ${note}`);
  const shown = rehearsal.episodes.slice(0, mostPrinted);
  if (shown.length > 0)
    printTable(
      ["SUBJECT", "SINCE", "FIRED", "RESOLVED", "VALUE", "SUMMARY"],
      shown.map(({ subject, since, firedAt, resolvedAt, value, summary }) => [
        subject.name,
        since,
        firedAt,
        resolvedAt ?? "still firing",
        value,
        summary,
      ]),
    );
  if (firings > shown.length) printLine(`… and ${firings - shown.length} more.`);
}
