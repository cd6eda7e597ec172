import type { Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import type { RuleRow } from "@/domain/watch/rules";
import type { Observation } from "./observation";

/**
 * A reader of what no fact tells. Asked at most every `everyMs` with the account's rules, in the transaction that
 * judges what it answers: what it takes away or passes is gone only together with the judgement.
 */
export type TickingReader = {
  name: string;
  everyMs: number;
  /** Observations in the order of their `at`. Rules of other kinds and those switched off are left out by the reader. */
  read(ctx: Ctx, tx: Tx, rows: RuleRow[], now: Date): Promise<Observation[]>;
};
