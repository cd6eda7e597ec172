import type { Command } from "commander";
import type { Fact } from "@/contracts/facts";
import { exitCodes } from "@/contracts/trust/rescue";
import { moment } from "../connection/moment";
import { itemsOf, withLimit } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";

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
  const list = audit
    .command("list")
    .description("who did what, when, to what and why, the newest first; from the server");
  withLimit(withServer(list))
    .option("--kind <kind>", "such as agent.added, or all that begins so: agent.")
    .option("--actor <who>", "an id, or a part of the name")
    .option("--target <what>", "an id, or a part of the name")
    .option("--from <moment>", "not before", moment)
    .option("--to <moment>", "before", moment)
    .option("--search <text>", "a part of a name, a reason or a kind")
    .action(async ({ search, limit, kind, actor, target, from, to, ...server }: Narrowed) => {
      const client = connect(server);
      const narrowed = { q: search, kind, actor, target, from, to };
      const items = await itemsOf((page) => client.audit.list.query({ ...narrowed, ...page }), limit);
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

const nameOf = ({ target }: Fact) => (target ? `${target.kind} ${target.name ?? target.id}` : null);
