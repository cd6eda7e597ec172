import type { Fact } from "@/contracts/facts";
import type { Db } from "@/db/client";
import type { Clock } from "@/platform/clock";
import { hashFact } from "./chain";

/** Most facts in one batch: about 10 ms of work, so that publishing stays smooth under load. */
export const stampBatchSize = 1_000;

type PendingRow = {
  id: string;
  account_id: string;
  kind: Fact["kind"];
  at: string | Date;
  actor: Fact["actor"];
  target: Fact["target"];
  reason: string | null;
  before: Fact["before"];
  after: Fact["after"];
  data: Fact["data"];
  request_id: string | null;
};

/**
 * Moves committed facts from `facts_pending` to the log, giving each the next `seq` and the hash of the one before.
 * The row lock on `fact_head` keeps the chain single even when two stampers run for a moment. Answers the stamped
 * facts in order; fewer than `stampBatchSize` means that nothing is left.
 */
export async function stampFacts({ db, clock }: { db: Db; clock: Clock }): Promise<Fact[]> {
  return db.sql.begin(async (sql) => {
    const [head] = await sql<
      { seq: string; hash: string }[]
    >`select seq, hash from fact_head where id = 1 for update`;
    if (!head) throw new Error("fact_head is empty: the migrations have not run");
    const pending = await sql<PendingRow[]>`
      select id, account_id, kind, at, actor, target, reason, before, after, data, request_id
      from facts_pending order by id limit ${stampBatchSize} for update skip locked`;
    if (pending.length === 0) return [];
    const facts = chain(pending, Number(head.seq), head.hash);
    const stampedAt = clock.now().toISOString();
    const last = facts[facts.length - 1];
    await sql`
      insert into facts (seq, stamped_at, account_id, kind, at, actor, target, reason, before, after, data, request_id, prev_hash, hash)
      select f.seq, ${stampedAt}::timestamptz, f.account, f.kind, f.at, f.actor, nullif(f.target, 'null'::jsonb), f.reason,
        nullif(f.before, 'null'::jsonb), nullif(f.after, 'null'::jsonb), nullif(f.data, 'null'::jsonb), f."requestId", f."prevHash", f.hash
      from jsonb_to_recordset(${JSON.stringify(facts)}::text::jsonb) as f(seq bigint, account text, kind text, at timestamptz, actor jsonb,
        target jsonb, reason text, before jsonb, after jsonb, data jsonb, "requestId" text, "prevHash" text, hash text)`;
    await sql`delete from facts_pending where id = any(${pending.map((row) => row.id)}::bigint[])`;
    await sql`update fact_head set seq = ${last?.seq ?? 0}, hash = ${last?.hash ?? ""} where id = 1`;
    return facts;
  });
}

function chain(pending: PendingRow[], seq: number, hash: string): Fact[] {
  let prevHash = hash;
  return pending.map((row, index) => {
    const fact = {
      seq: seq + index + 1,
      account: row.account_id,
      kind: row.kind,
      at: new Date(row.at).toISOString(),
      actor: row.actor,
      target: row.target,
      reason: row.reason,
      before: row.before,
      after: row.after,
      data: row.data,
      requestId: row.request_id,
      prevHash,
    };
    const stamped = { ...fact, hash: hashFact(fact) };
    prevHash = stamped.hash;
    return stamped;
  });
}
