import { rawIn, type Tx } from "@/db/client";

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
