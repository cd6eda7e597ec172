import { eq } from "drizzle-orm";
import type { Fact } from "@/contracts/facts";
import type { Tx } from "@/db/client";
import { cursors } from "@/db/schema";
import { type Ctx, transact } from "@/domain/kernel";
import { queueFiring, queueResolved } from "../notifications/queue";
import { fireAlerts } from "./fire";
import { foldSightings, type Sighted } from "./fold-sightings";
import { observe } from "./observe";
import { readWatch } from "./read-watch";
import { resolveAlerts } from "./resolve";

/** Name of the reader's cursor; it moves in the transaction that does the work, so a crash repeats or loses nothing. */
export const rulesCursor = "rules";

/** How far the rules have read the log; 0 at the very first start. */
export async function rulesCursorSeq(ctx: Pick<Ctx, "db">): Promise<number> {
  const [row] = await ctx.db.orm
    .select({ seq: cursors.seq })
    .from(cursors)
    .where(eq(cursors.name, rulesCursor));
  return row?.seq ?? 0;
}

/** Whether a fact means anything to any rule. */
export const concernsRules = (fact: Fact): boolean => observe(fact) !== null;

/** Notes that the rules have read up to here and found nothing more to do. */
export async function passRulesCursor({ db }: Pick<Ctx, "db">, seq: number): Promise<void> {
  await db.sql`
    insert into cursors (name, seq) values (${rulesCursor}, ${seq})
    on conflict (name) do update set seq = greatest(cursors.seq, excluded.seq)`;
}

/**
 * Judges facts of one account, in order, by its rules: alerts, their facts, their messages and the cursor in one
 * transaction. Facts that the cursor has passed already are skipped, whoever passed it. Answers the `seq` up to
 * which the facts are done: less than the last one when they would have made more alerts than one transaction takes.
 */
export function evaluateFacts(ctx: Ctx, facts: Fact[]): Promise<number> {
  const last = facts[facts.length - 1];
  if (!last) return rulesCursorSeq(ctx);
  return transact(ctx, async (unit) => {
    const from = await lockCursor(unit.tx);
    const sightings: Sighted[] = facts.flatMap((fact) => {
      const sighting = fact.seq > from && fact.account === ctx.account ? observe(fact) : null;
      return sighting ? [{ ...sighting, seq: fact.seq }] : [];
    });
    if (sightings.length === 0) return moveCursor(unit.tx, Math.max(from, last.seq));
    const watch = await readWatch(ctx, unit.tx, sightings);
    const outcome = foldSightings(ctx, watch, sightings, last.seq);
    await fireAlerts(unit, outcome.fired);
    await queueFiring(ctx, unit, outcome.recipients);
    const ended = await resolveAlerts(unit, outcome.endings);
    await queueResolved(
      ctx,
      unit,
      ended.map(({ alert }) => alert.id),
    );
    return moveCursor(unit.tx, Math.max(from, outcome.throughSeq));
  });
}

/** Locks the cursor: two evaluators at once, at a change of the lease, take turns and the second finds nothing left. */
async function lockCursor(tx: Tx): Promise<number> {
  await tx.insert(cursors).values({ name: rulesCursor, seq: 0 }).onConflictDoNothing();
  const [row] = await tx.select().from(cursors).where(eq(cursors.name, rulesCursor)).for("update");
  return row?.seq ?? 0;
}

async function moveCursor(tx: Tx, seq: number): Promise<number> {
  await tx.update(cursors).set({ seq }).where(eq(cursors.name, rulesCursor));
  return seq;
}
