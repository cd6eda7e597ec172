import { asc, gt } from "drizzle-orm";
import type { Fact } from "@/contracts/facts";
import type { Db } from "@/db/client";
import { factHead, facts } from "@/db/schema";

/** A stored fact in the words of its contract. */
export function factOf(row: typeof facts.$inferSelect): Fact {
  return {
    seq: row.seq,
    account: row.accountId,
    kind: row.kind,
    at: row.at.toISOString(),
    actor: row.actor,
    target: row.target,
    reason: row.reason,
    before: row.before,
    after: row.after,
    data: row.data,
    requestId: row.requestId,
    prevHash: row.prevHash,
    hash: row.hash,
  };
}

/** Facts of every account after `seq`, oldest first: the reader's side of the log. */
export async function readFacts(db: Db, afterSeq: number, limit: number): Promise<Fact[]> {
  const rows = await db.orm
    .select()
    .from(facts)
    .where(gt(facts.seq, afterSeq))
    .orderBy(asc(facts.seq))
    .limit(limit);
  return rows.map(factOf);
}

/** `seq` of the newest fact, 0 when there is none. */
export async function lastFactSeq(db: Db): Promise<number> {
  const [head] = await db.orm.select({ seq: factHead.seq }).from(factHead);
  return head?.seq ?? 0;
}
