import type { Db } from "@/db/client";
import { type Ground, systemCtx } from "@/domain/kernel";
import { insertFacts } from "@/domain/kernel/insert-facts";
import { type Blindness, factOfBlindness } from "./blindness";

/**
 * The mark that somebody watches, by the database's clock: the gap between two marks is how long nobody watched, whichever
 * processes lived meanwhile.
 */
const markName = "sweep.watching";
const nowSql = "(extract(epoch from clock_timestamp()) * 1000)::int8";

/** The mark as it was (null: there was none), and the present. */
export type MarkRead = { markMs: number | null; nowMs: number };

/**
 * Somebody watches from now on. `judge` says whether nobody did before; then `accounts` are told so in the same transaction,
 * so that of each gap is told once and all of it. Two who begin at once wait for each other.
 */
export async function takeMark(
  ground: Ground,
  accounts: ReadonlySet<string>,
  judge: (read: MarkRead) => Blindness | null,
): Promise<MarkRead> {
  let told = false;
  const read = await ground.db.sql.begin(async (sql) => {
    const [mark] = await sql<{ seq: string }[]>`select seq from cursors where name = ${markName} for update`;
    const [now] = await sql<{ ms: number }[]>`select ${sql.unsafe(nowSql)}::float8 as ms`;
    const found = { markMs: mark ? Number(mark.seq) : null, nowMs: now?.ms ?? 0 };
    const blindness = judge(found);
    for (const account of blindness ? accounts : []) {
      const ctx = systemCtx(ground, account);
      if (blindness) await insertFacts(sql, ctx, [factOfBlindness(ground.ids, blindness)]);
      told = true;
    }
    await sql`
      insert into cursors (name, seq) values (${markName}, ${found.nowMs})
      on conflict (name) do update set seq = excluded.seq`;
    return found;
  });
  if (told) ground.bus.publish("nudge.facts", null);
  return read;
}

/**
 * Somebody still watches. Null, and the mark stays, when it is older than `mostMs`: a statement that was held up must not
 * hide for how long nobody did.
 */
export async function keepMark(db: Db, mostMs: number): Promise<number | null> {
  const [row] = await db.sql<{ markMs: number }[]>`
    update cursors set seq = ${db.sql.unsafe(nowSql)}
    where name = ${markName} and seq >= ${db.sql.unsafe(nowSql)} - ${mostMs}::int8
    returning seq::float8 as "markMs"`;
  return row?.markMs ?? null;
}
