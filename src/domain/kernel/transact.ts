import type { NewFact } from "@/contracts/facts";
import type { Tx } from "@/db/client";
import { factsPending } from "@/db/schema";
import type { Ctx } from "./ctx";

/** One unit of change: its tables and its facts are committed together or not at all. */
export type Unit = {
  tx: Tx;
  /** Facts of this unit, in order; written just before the commit. */
  record(...facts: NewFact[]): void;
  /** Runs once the unit is durable: nudges and signals. Never work that must not be lost. */
  afterCommit(act: () => void): void;
};

/**
 * Runs `work` in one transaction and writes what it recorded into `facts_pending` in the same transaction. The
 * stamper is nudged after the commit; a lost nudge costs delay, since it also ticks.
 */
export async function transact<Result>(ctx: Ctx, work: (unit: Unit) => Promise<Result>): Promise<Result> {
  const recorded: NewFact[] = [];
  const after: (() => void)[] = [];
  const result = await ctx.db.orm.transaction(async (tx) => {
    const answer = await work({
      tx,
      record: (...facts) => recorded.push(...facts),
      afterCommit: (act) => after.push(act),
    });
    if (recorded.length > 0)
      await tx.insert(factsPending).values(recorded.map((fact) => pendingRow(ctx, fact)));
    return answer;
  });
  if (recorded.length > 0) ctx.bus.publish("nudge.facts", null);
  for (const act of after) act();
  return result;
}

function pendingRow(ctx: Ctx, fact: NewFact): typeof factsPending.$inferInsert {
  return {
    accountId: ctx.account,
    kind: fact.kind,
    at: ctx.clock.now(),
    actor: ctx.actor,
    target: fact.target,
    reason: fact.reason ?? null,
    before: fact.before ?? null,
    after: fact.after ?? null,
    data: fact.data ?? null,
    requestId: ctx.requestId,
  };
}
