import type { Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import type { RuleRow } from "@/domain/watch/rules";
import type { Observation } from "./observation";

/**
 * What was seen, in the order of its `at`; some more than `mostSeen` at most. `next` goes on where this ended, in a
 * transaction of its own; null: that was all.
 */
export type Look = { observations: Observation[]; next: Read | null };

/** Rules of other kinds and those switched off are left out by the reader. */
export type Read = (ctx: Ctx, tx: Tx, rows: RuleRow[], now: Date) => Promise<Look>;

/**
 * A reader of what no fact tells. Asked at most every `everyMs` with the account's rules, in the transaction that
 * judges what it answers: what it takes away or passes is gone only together with the judgement. What takes several
 * looks is passed with the last of them; judged once more, after a crash, the first ones change nothing.
 */
export type TickingReader = { name: string; everyMs: number; read: Read };
