import type { Sql, TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import type { MinuteSum } from "./minute-sum";

/**
 * Writes whole minutes, and their numbers in the same transaction. An agent that moved between instances within a
 * minute has two sums of it: the rows join them.
 */
export async function writeMinutes(db: Db, sums: MinuteSum[]): Promise<void> {
  const told = sums.filter((sum) => sum.numbers !== null);
  if (told.length === 0) return writeMeasures(db.sql, sums);
  await db.sql.begin(async (sql) => {
    await writeMeasures(sql, sums);
    await writeNumbers(sql, told);
  });
}

type Statement = Sql | TransactionSql;
/** Means so small that PostgreSQL would refuse to halve them are nothing. */
const least = 1e-200;
const mean = (sum: number, count: number) => (count > 0 ? tame(sum / count) : null);
const tame = (value: number) => (Math.abs(value) < least ? 0 : value);
const timeOf = (sum: MinuteSum) => new Date(sum.minuteMs).toISOString();

async function writeMeasures(sql: Statement, sums: MinuteSum[]): Promise<void> {
  const of = <Value>(pick: (sum: MinuteSum) => Value) => sums.map(pick);
  await sql`
    insert into metric_minutes as m (agent_id, at, account_id, cpu_percent, cpu_peak_percent, memory_bytes,
      disk_used_bytes, disk_total_bytes, net_rx_bytes, net_tx_bytes, beats)
    select agent_id, at::timestamptz, max(account), avg(cpu), max(peak), avg(memory)::int8,
      avg(used)::int8, avg(total)::int8, sum(rx)::int8, sum(tx)::int8, sum(beats)::int
    from unnest(
      ${of((sum) => sum.agentId)}::text[],
      ${of(timeOf)}::text[],
      ${of((sum) => sum.account)}::text[],
      ${of((sum) => mean(sum.cpuSum, sum.cpuCount))}::float8[],
      ${of((sum) => sum.cpuPeak)}::float8[],
      ${of((sum) => mean(sum.memorySum, sum.memoryCount))}::float8[],
      ${of((sum) => mean(sum.diskUsedSum, sum.diskUsedCount))}::float8[],
      ${of((sum) => mean(sum.diskTotalSum, sum.diskTotalCount))}::float8[],
      ${of((sum) => sum.rxGrown)}::float8[],
      ${of((sum) => sum.txGrown)}::float8[],
      ${of((sum) => sum.beats)}::int4[]
    ) as x(agent_id, at, account, cpu, peak, memory, used, total, rx, tx, beats)
    group by agent_id, at
    on conflict (agent_id, at) do update set
      cpu_percent = case
        when m.cpu_percent is null or excluded.cpu_percent is null
          then coalesce(m.cpu_percent, excluded.cpu_percent)
        else (m.cpu_percent * m.beats + excluded.cpu_percent * excluded.beats) / (m.beats + excluded.beats) end,
      cpu_peak_percent = greatest(m.cpu_peak_percent, excluded.cpu_peak_percent),
      memory_bytes = coalesce(excluded.memory_bytes, m.memory_bytes),
      disk_used_bytes = coalesce(excluded.disk_used_bytes, m.disk_used_bytes),
      disk_total_bytes = coalesce(excluded.disk_total_bytes, m.disk_total_bytes),
      net_rx_bytes = case when m.net_rx_bytes is null then excluded.net_rx_bytes
        else m.net_rx_bytes + coalesce(excluded.net_rx_bytes, 0) end,
      net_tx_bytes = case when m.net_tx_bytes is null then excluded.net_tx_bytes
        else m.net_tx_bytes + coalesce(excluded.net_tx_bytes, 0) end,
      beats = m.beats + excluded.beats`;
}

/** As JSON, since one minute of a fleet may hold 32 numbers an agent: an array a column would be asked element by element. */
async function writeNumbers(sql: Statement, sums: MinuteSum[]): Promise<void> {
  const rows = sums.flatMap((sum) =>
    [...(sum.numbers ?? [])].map(([name, { sum: total, samples }]) => ({
      a: sum.agentId,
      t: timeOf(sum),
      c: sum.account,
      n: name,
      v: tame(total / samples),
      s: samples,
    })),
  );
  await sql`
    insert into metric_numbers as m (agent_id, at, name, account_id, value, samples)
    select a, t, n, max(c), sum(v * s) / sum(s), sum(s)::int
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as x(a text, t timestamptz, c text, n text, v float8, s int)
    group by a, t, n
    on conflict (agent_id, at, name) do update set
      value = (m.value * m.samples + excluded.value * excluded.samples) / (m.samples + excluded.samples),
      samples = m.samples + excluded.samples`;
}
