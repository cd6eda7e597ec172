import type { Sql, TransactionSql } from "postgres";
import { minuteLagMs } from "../observe/minute-cursor";

/**
 * How far behind watching and telling are, by what is stored: the newest whole turns of the loops and the outbox. A
 * loop that makes no turns any more falls behind by the time that passes; null: it never made one.
 */
export type WatchLags = {
  evaluation: { lagMs: number | null; at: string | null };
  delivery: { lagMs: number | null; at: string | null; backlog: number; oldestMs: number | null };
};

/** Loops make a turn a second, and leave a word of it once a second. */
const ordinaryPauseMs = 3_000;
/** Minutes are looked at every other second, and one of a large fleet takes a while. */
const minuteGraceMs = 5_000;

type Row = { name: string; at: string; lagMs: number; backlog: number };

export async function watchLags(sql: Sql | TransactionSql, now: Date): Promise<WatchLags> {
  const nowMs = now.getTime();
  const rows = await sql<Row[]>`
    select name, at, lag_ms as "lagMs", backlog from watch_turns where name in ('evaluate', 'notify', 'deliver')`;
  const [outbox] = await sql<{ backlog: number; oldest: string | null }[]>`
    select count(*)::int as backlog, min(created_at) as oldest from notifications where state = 'pending'`;
  const lagOf = (name: string) => {
    const row = rows.find((turn) => turn.name === name);
    if (!row) return { lagMs: null, at: null };
    const silentMs = nowMs - Date.parse(row.at);
    const lagMs = Math.round(Math.max(row.lagMs, silentMs > ordinaryPauseMs ? silentMs : 0));
    return { lagMs, at: new Date(row.at).toISOString() };
  };
  const minutesMs = await minuteLagMs(sql, now);
  const evaluate = lagOf("evaluate");
  if (evaluate.lagMs !== null && minutesMs > minuteGraceMs)
    evaluate.lagMs = Math.max(evaluate.lagMs, Math.round(minutesMs));
  const [notify, deliver] = [lagOf("notify"), lagOf("deliver")];
  const worse = (deliver.lagMs ?? -1) >= (notify.lagMs ?? -1) ? deliver : notify;
  return {
    evaluation: evaluate,
    delivery: {
      ...worse,
      backlog: outbox?.backlog ?? 0,
      oldestMs: outbox?.oldest ? Math.max(0, nowMs - Date.parse(outbox.oldest)) : null,
    },
  };
}
