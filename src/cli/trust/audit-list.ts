import type { Command } from "commander";
import type { Fact } from "@/contracts/facts";
import { maxPageSize } from "@/contracts/kernel/page";
import { exitCodes } from "@/contracts/trust/rescue";
import { moment } from "../connection/moment";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { wholeNumber } from "../connection/whole-number";

type Narrowed = ServerOptions & {
  kind?: string;
  actor?: string;
  target?: string;
  from?: string;
  to?: string;
  search?: string;
  limit: number;
};

/** `mc audit list|chain`: the audit trail as the server tells it, for whoever has no access to its database. */
export function registerAuditList(audit: Command): void {
  withServer(
    audit
      .command("list")
      .description("who did what, when, to what and why, the newest first; from the server"),
  )
    .option("--kind <kind>", "such as agent.added, or all that begins so: agent.")
    .option("--actor <who>", "an id, or a part of the name")
    .option("--target <what>", "an id, or a part of the name")
    .option("--from <moment>", "not before", moment)
    .option("--to <moment>", "before", moment)
    .option("--search <text>", "a part of a name, a reason or a kind")
    .option("--limit <count>", "so many at most, over as many pages as it takes", wholeNumber(1), 50)
    .action(async ({ search, limit, kind, actor, target, from, to, ...server }: Narrowed) => {
      const items = await newest(server, { q: search, kind, actor, target, from, to }, limit);
      if (server.json) return printJson(items);
      printTable(
        ["ROW", "AT", "KIND", "BY", "TARGET", "REASON"],
        items.map((fact) => [fact.seq, fact.at, fact.kind, fact.actor.name, nameOf(fact), fact.reason]),
      );
    });

  withServer(audit.command("chain"))
    .description("end of the hash chain and whether its last rows hold, from the server; verify checks all")
    .action(async (server: ServerOptions) => {
      const badge = await connect(server).audit.chain.query({});
      if (server.json) printJson(badge);
      else {
        printLine(`Row ${badge.headSeq}, ${badge.headHash}`);
        printLine(
          badge.ok
            ? `The rows from ${badge.checkedFrom} on hold, as of ${badge.checkedAt}.`
            : `The chain is broken at row ${badge.firstBrokenSeq}: ${badge.why}.`,
        );
      }
      if (!badge.ok) process.exitCode = exitCodes.failed;
    });
}

async function newest(
  server: ServerOptions,
  filter: Partial<Record<"q" | "kind" | "actor" | "target" | "from" | "to", string | undefined>>,
  count: number,
): Promise<Fact[]> {
  const client = connect(server);
  const items: Fact[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(maxPageSize, count - items.length);
    const page = await client.audit.list.query({ ...filter, limit, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor && items.length < count);
  return items;
}

const nameOf = ({ target }: Fact) => (target ? `${target.kind} ${target.name ?? target.id}` : null);
