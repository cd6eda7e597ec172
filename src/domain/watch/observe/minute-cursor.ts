import type { Sql, TransactionSql } from "postgres";
import { rawIn, type Tx } from "@/db/client";

/**
 * A minute is closed so long after its end: every instance writes its minutes five seconds after the end of the last
 * writing at the latest, which leaves ten for writing, a failed try and clocks that differ.
 */
export const closedAfterMs = 15_000;
/** How far minutes are judged, and since when nobody slept through one. Both ms; kept among the readers' cursors. */
export type MinuteCursor = { through: number | null; seeingSince: number };

const throughName = (account: string) => `metric-minutes:${account}`;
const seeingName = (account: string) => `metric-seeing-since:${account}`;

/** Without a lock, for the many times when no minute is due. */
export async function readMinuteCursor(tx: Tx, account: string): Promise<MinuteCursor> {
  const sql = rawIn(tx);
  return cursorOf(
    account,
    await sql<Row[]>`select name, seq from cursors where name = any(${names(account)}::text[])`,
  );
}

/** Locked: two evaluators at once, at a change of the lease, take turns and the second finds nothing left. */
export async function lockMinuteCursor(tx: Tx, account: string): Promise<MinuteCursor> {
  const sql = rawIn(tx);
  await sql`
    insert into cursors (name, seq) select name, -1 from unnest(${names(account)}::text[]) as n(name)
    on conflict do nothing`;
  const rows = await sql<Row[]>`
    select name, seq from cursors where name = any(${names(account)}::text[]) order by name for update`;
  return cursorOf(account, rows);
}

type Row = { name: string; seq: string };
const names = (account: string) => [throughName(account), seeingName(account)];

function cursorOf(account: string, rows: Row[]): MinuteCursor {
  const seqOf = (name: string) => Number(rows.find((row) => row.name === name)?.seq ?? -1);
  const through = seqOf(throughName(account));
  return { through: through < 0 ? null : through, seeingSince: seqOf(seeingName(account)) };
}

export async function moveMinuteCursor(tx: Tx, account: string, cursor: MinuteCursor): Promise<void> {
  await rawIn(tx)`
    insert into cursors (name, seq)
    values (${throughName(account)}, ${cursor.through}::int8), (${seeingName(account)}, ${cursor.seeingSince}::int8)
    on conflict (name) do update set seq = greatest(cursors.seq, excluded.seq)`;
}

/** The clock was set back: all cursors go back with it, by whole minutes, and none waits until it is there again. */
export async function moveMinuteCursorsBack(sql: Sql | TransactionSql, stepMs: number): Promise<void> {
  const backMs = Math.floor(stepMs / 60_000) * 60_000;
  const ours = [`${throughName("")}%`, `${seeingName("")}%`];
  await sql`
    update cursors set seq = greatest(seq + ${backMs}, 0) where name like any(${ours}::text[]) and seq >= 0`;
}

/**
 * How much longer ago than usual the newest minute was judged, ms; 0 while no rule asks for it. Of the account that is
 * furthest, since a reader that is stuck moves none.
 */
export async function minuteLagMs(sql: Sql | TransactionSql, now: Date): Promise<number> {
  const [row] = await sql<{ through: string | null }[]>`
    select max(seq) as through from cursors where name like ${`${throughName("")}%`} and seq >= 0
      and exists (select 1 from rules where deleted_at is null)`;
  if (row?.through == null) return 0;
  const nextClosesMs = Number(row.through) + 2 * 60_000 + closedAfterMs;
  return Math.max(0, now.getTime() - nextClosesMs);
}
