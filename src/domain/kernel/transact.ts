import type { NewFact } from "@/contracts/facts";
import { rawIn, type Tx } from "@/db/client";
import type { Ctx } from "./ctx";
import { insertFacts } from "./insert-facts";

/** One unit of change: its tables and its facts are committed together or not at all. */
export type Unit = {
  tx: Tx;
  /** Sends a change whose answer nobody needs; should it fail, the unit fails. Saves a round trip. */
  send(change: { toSQL(): { sql: string; params: unknown[] } }): void;
  /** For what a repeat makes good: the commit does not wait for the disk, and a crash of PostgreSQL may undo it. */
  relax(): void;
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
  const sent: PromiseLike<unknown>[] = [];
  const result = await ctx.db.orm.transaction(async (tx) => {
    const sql = rawIn(tx);
    const answer = await work({
      tx,
      send(change) {
        const statement = change.toSQL();
        sent.push(sql.unsafe(statement.sql, statement.params as string[]).execute());
      },
      relax: () => void sent.push(sql`set local synchronous_commit = off`.execute()),
      record: (...facts) => recorded.push(...facts),
      afterCommit: (act) => after.push(act),
    });
    // Not waited for: the commit follows in the same packet instead of a round trip later.
    if (recorded.length > 0) sent.push(insertFacts(sql, ctx, recorded).execute());
    return answer;
  });
  // The commit of a transaction in which a statement failed is a rollback that says nothing: the statement says it.
  await Promise.all(sent);
  if (recorded.length > 0) ctx.bus.publish("nudge.facts", null);
  for (const act of after) act();
  return result;
}
