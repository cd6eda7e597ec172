import type { Command } from "commander";
import { runRescue } from "../connection/rescue";
import { wholeNumber } from "../connection/whole-number";
import { registerAuditList } from "./audit-list";

/**
 * `mc audit …`: verify and export go straight to the database, so that a server that lies about its log can't get in
 * between; list and chain ask the server.
 */
export function registerAudit(program: Command): void {
  const audit = program
    .command("audit")
    .description(
      "the audit trail: verify and export go straight to the database of this machine (DATABASE_URL, or MC_DATA_DIR), list and chain through the server",
    );

  registerAuditList(audit);

  audit
    .command("verify")
    .description("check the hash chain and name the first broken row")
    .option("--from <seq>", "begin at this row", wholeNumber(1))
    .option("--json", "print { ok, rows, firstBrokenSeq? }")
    .action(({ from, json }: { from?: number; json?: boolean }) =>
      runRescue({ verb: "audit.verify", json: json ?? false, ...(from ? { from } : {}) }),
    );

  audit
    .command("export")
    .description("every fact as a line of JSON, oldest first, with its hashes")
    .option("--from <seq>", "begin at this row", wholeNumber(1))
    .option("--json", "lines of JSON, as always")
    .action(({ from }: { from?: number }) => runRescue({ verb: "audit.export", ...(from ? { from } : {}) }));
}
