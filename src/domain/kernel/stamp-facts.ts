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
 * Two statements: one reads head and facts, one writes all if the head is still that one; so the chain stays single
 * even when two stampers run for a moment. Answers the stamped facts in order; fewer than `stampBatchSize` means that
 * nothing is left.
 */
export async function stampFacts({ db, clock }: { db: Db; clock: Clock }): Promise<Fact[]> {
  for (;;) {
    const [head, ...pending] = await readPending(db);
    if (pending.length === 0) return [];
    const facts = chain(pending, Number(head.seq), head.hash);
    if (await write(db, head, facts, pending, clock.now())) return facts;
  }
}

type Head = { seq: string; hash: string };

async function readPending(db: Db): Promise<[Head, ...PendingRow[]]> {
  const rows = await db.sql<(PendingRow & { head_seq: string; head_hash: string })[]>`
    select h.seq as head_seq, h.hash as head_hash, p.* from fact_head h left join (
      select id, account_id, kind, at, actor, target, reason, before, after, data, request_id
      from facts_pending order by id limit ${stampBatchSize}
    ) p on true where h.id = 1 order by p.id`;
  const [first] = rows;
  if (!first) throw new Error("fact_head is empty: the migrations have not run");
  return [{ seq: first.head_seq, hash: first.head_hash }, ...rows.filter((row) => row.id !== null)];
}

/** Answers false, and has written nothing, when another stamper was first. */
async function write(db: Db, head: Head, facts: Fact[], pending: PendingRow[], now: Date): Promise<boolean> {
  const last = facts.at(-1);
  const moved = await db.sql`
    with head as (
      update fact_head set seq = ${last?.seq ?? 0}, hash = ${last?.hash ?? ""}
      where id = 1 and seq = ${head.seq} and hash = ${head.hash} returning id
    ), taken as (
      delete from facts_pending where id = any(${pending.map((row) => row.id)}::bigint[]) and exists (select from head)
    ), stamped as (
      insert into facts (seq, stamped_at, account_id, kind, at, actor, target, reason, before, after, data, request_id,
        prev_hash, hash)
      select f.seq, ${now.toISOString()}::timestamptz, f.account, f.kind, f.at, f.actor,
        nullif(f.target, 'null'::jsonb), f.reason, nullif(f.before, 'null'::jsonb), nullif(f.after, 'null'::jsonb),
        nullif(f.data, 'null'::jsonb), f."requestId", f."prevHash", f.hash
      from head, jsonb_to_recordset(${JSON.stringify(facts)}::text::jsonb) as f(seq bigint, account text, kind text,
        at timestamptz, actor jsonb, target jsonb, reason text, before jsonb, after jsonb, data jsonb,
        "requestId" text, "prevHash" text, hash text)
    )
    select id from head`;
  return moved.length === 1;
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
