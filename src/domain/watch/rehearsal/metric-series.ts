import type { PendingQuery, Row, Sql } from "postgres";
import type { Condition } from "@/contracts/watch/condition";
import type { Ctx } from "@/domain/kernel";
import { isBuiltIn } from "../observe/measured-minute";

type MetricCondition = Extract<Condition, { kind: "metric" }>;
type Fragment = PendingQuery<Row[]>;

/** Minutes of one agent in a row that need no telling apart: one bad one, or good ones without a hole between. */
export type Run = { agentId: string; fromMs: number; toMs: number; value: number };

const columns: Record<string, string> = {
  cpuPercent: "cpu_percent",
  memoryBytes: "memory_bytes",
  diskUsedBytes: "disk_used_bytes",
  netRxBytes: "net_rx_bytes",
  netTxBytes: "net_tx_bytes",
};

/** The stored minutes of a metric as rows of agent, time and value. */
function source(sql: Sql, account: string, { metric }: MetricCondition): Fragment {
  if (!isBuiltIn(metric))
    return sql`(select agent_id, at, value from metric_numbers where account_id = ${account} and name = ${metric})`;
  const column = columns[metric];
  const value = column
    ? sql`${sql(column)}::float8`
    : sql`(disk_used_bytes::float8 / nullif(disk_total_bytes, 0)::float8) * 100`;
  return sql`(select agent_id, at, ${value} as value from metric_minutes where account_id = ${account})`;
}

const beyond = (sql: Sql, { op, value }: MetricCondition): Fragment =>
  op === "above" ? sql`value > ${value}::float8` : sql`value < ${value}::float8`;

/** Agents with a bad minute in the time. */
export async function agentsBeyond(
  { account, db: { sql } }: Pick<Ctx, "account" | "db">,
  condition: MetricCondition,
  from: Date,
  to: Date,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select distinct agent_id as id from ${source(sql, account, condition)} as minutes
    where at >= ${from.toISOString()}::timestamptz and at < ${to.toISOString()}::timestamptz
      and ${beyond(sql, condition)}`;
  return rows.map(({ id }) => id);
}

/** The oldest minute that there is of the metric at all; null when there is none. */
export async function oldestMinute(
  { account, db: { sql } }: Pick<Ctx, "account" | "db">,
  condition: MetricCondition,
): Promise<Date | null> {
  const [row] = await sql<{ at: string }[]>`
    select at from ${source(sql, account, condition)} as minutes where value is not null order by at limit 1`;
  return row ? new Date(row.at) : null;
}

/** The minutes of some agents, by agent and in order, with good ones in a row as one: most of them are. */
export async function readRuns(
  { account, db: { sql } }: Pick<Ctx, "account" | "db">,
  condition: MetricCondition,
  agentIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Run[]> {
  const rows = await sql<{ agentId: string; fromMs: number; toMs: number; value: number }[]>`
    with told as (
      select agent_id, at, value, ${beyond(sql, condition)} as bad
      from ${source(sql, account, condition)} as minutes
      where agent_id = any(${[...agentIds]}::text[]) and value is not null
        and at >= ${from.toISOString()}::timestamptz and at < ${to.toISOString()}::timestamptz
    ), marked as (
      select *, bad or lag(bad) over in_order is distinct from false
        or at - lag(at) over in_order > interval '1 minute' as begins
      from told window in_order as (partition by agent_id order by at)
    ), numbered as (
      select *, count(*) filter (where begins) over (partition by agent_id order by at) as run from marked
    )
    select agent_id as "agentId", (extract(epoch from min(at)) * 1000)::float8 as "fromMs",
      (extract(epoch from max(at)) * 1000)::float8 as "toMs", (array_agg(value order by at))[1] as value
    from numbered group by agent_id, run order by agent_id, run`;
  return [...rows];
}

/** A run's minutes again. Of a good one each has the first one's value: which good value it was decides nothing. */
export function* minutesOf(runs: Iterable<Run>): Generator<{ at: Date; value: number }> {
  for (const { fromMs, toMs, value } of runs)
    for (let atMs = fromMs; atMs <= toMs; atMs += 60_000) yield { at: new Date(atMs), value };
}
