import type { TransactionSql } from "postgres";
import type { AgentLogLine } from "@/contracts/wire/agent";

/** Lines of one agent's batch that somebody waits for, found before they are stored. */
export type LineFinds = {
  /** Writes what was found among the lines that were really stored, in their transaction. */
  write(sql: TransactionSql, storedSeqs: ReadonlySet<number>, at: Date): Promise<void>;
};

/**
 * Who looks through lines as they come in. `find` answers null, at once, when nobody waits for anything, and must not
 * hold up the event loop however many patterns and lines there are. It never throws.
 */
export type LineWatch = {
  find(account: string, agentId: string, lines: readonly AgentLogLine[]): Promise<LineFinds | null> | null;
};
