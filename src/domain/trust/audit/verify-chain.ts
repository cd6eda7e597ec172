import { and, asc, eq, gt, lte } from "drizzle-orm";
import type { Fact } from "@/contracts/facts";
import type { ChainReport } from "@/contracts/trust/audit";
import type { Db } from "@/db/client";
import { factHead, facts } from "@/db/schema";
import { factOf } from "@/domain/kernel";
import { genesisHash, hashFact } from "@/domain/kernel/chain";

const batchSize = 2_000;

/**
 * Checks the chain of facts from `from` (default: the first) to the head, a batch at a time: every row's hash, that
 * no `seq` is missing, that each row names the hash before it, and that the end is the stored head. Answers the
 * first row that breaks and why. A check that begins later trusts the hash that its first row names.
 */
export async function verifyChain(db: Db, { from = 1 }: { from?: number } = {}): Promise<ChainReport> {
  const [head] = await db.orm.select().from(factHead);
  if (!head) return { ok: false, rows: 0, firstBrokenSeq: 0, why: "the head of the chain is missing" };
  const before = await factBefore(db, from);
  let seq = from - 1;
  let hash = before;
  let rows = 0;
  for (;;) {
    const batch = await db.orm
      .select()
      .from(facts)
      // Rows that are stamped while the check runs come after the head that was read.
      .where(and(gt(facts.seq, seq), lte(facts.seq, head.seq)))
      .orderBy(asc(facts.seq))
      .limit(batchSize);
    for (const row of batch) {
      const fact = factOf(row);
      const why = faultOf(fact, seq, hash);
      if (why) return { ok: false, rows, firstBrokenSeq: fact.seq === seq + 1 ? fact.seq : seq + 1, why };
      seq = fact.seq;
      hash = fact.hash;
      rows += 1;
    }
    if (batch.length < batchSize) break;
  }
  const atEnd = endFaultOf({ seq, hash: hash ?? head.hash }, head, from);
  return atEnd ? { ok: false, rows, ...atEnd } : { ok: true, rows };
}

/** Hash that the row at `from` must name; null when it can't be known, so that it is taken on trust. */
async function factBefore(db: Db, from: number): Promise<string | null> {
  if (from <= 1) return genesisHash;
  const [row] = await db.orm
    .select({ hash: facts.hash })
    .from(facts)
    .where(eq(facts.seq, from - 1));
  return row?.hash ?? null;
}

function faultOf(fact: Fact, seqBefore: number, hashBefore: string | null): string | null {
  if (fact.seq !== seqBefore + 1) {
    return `${fact.seq - seqBefore - 1} row(s) are missing before row ${fact.seq}`;
  }
  if (hashBefore !== null && fact.prevHash !== hashBefore)
    return "it does not name the hash of the row before it";
  const { hash, ...said } = fact;
  if (hashFact(said) !== hash)
    return "what it says does not fit its hash: it was changed after it was written";
  return null;
}

function endFaultOf(end: { seq: number; hash: string }, head: { seq: number; hash: string }, from: number) {
  if (head.seq < from - 1) return null;
  if (end.seq < head.seq) return { firstBrokenSeq: end.seq + 1, why: "the rows at the end are missing" };
  if (end.hash !== head.hash)
    return { firstBrokenSeq: end.seq, why: "the head of the chain names another hash" };
  return null;
}
