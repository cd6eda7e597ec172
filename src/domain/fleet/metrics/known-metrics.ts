import { builtInMetrics, type KnownMetric } from "@/contracts/fleet/metric-name";
import { type Ctx, demand } from "@/domain/kernel";

/** An account with more names than this has made them of something else; the first ones by the alphabet are shown. */
const mostNames = 500;

type BuiltIn = (typeof builtInMetrics)[number];
export const unitOf: Record<BuiltIn, KnownMetric["unit"]> = {
  cpuPercent: "percent",
  memoryBytes: "bytes",
  diskUsedPercent: "percent",
  diskUsedBytes: "bytes",
  netRxBytes: "bytes a minute",
  netTxBytes: "bytes a minute",
};

/**
 * Metrics that a rule can watch: the built-in ones, then what agents reported within the days that are kept, each with
 * the number of agents (of a reported one: in the newest minute that holds it). Names are found by leaps over the
 * index, so that a week of a large fleet is not read for a few words.
 */
export async function knownMetrics(ctx: Ctx): Promise<KnownMetric[]> {
  demand(ctx, "board:read");
  const { sql } = ctx.db;
  const [counts] = await sql<Record<BuiltIn, number>[]>`
    select count(cpu_percent)::int as "cpuPercent", count(memory_bytes)::int as "memoryBytes",
      count(*) filter (where disk_used_bytes is not null and disk_total_bytes > 0)::int as "diskUsedPercent",
      count(disk_used_bytes)::int as "diskUsedBytes", count(net_rx_bytes)::int as "netRxBytes",
      count(net_tx_bytes)::int as "netTxBytes"
    from agent_presence p join agents a on a.id = p.agent_id
    where p.account_id = ${ctx.account} and a.removed_at is null`;
  const reported = await sql<{ name: string; agents: number }[]>`
    with recursive names as (
      (select name from metric_numbers where account_id = ${ctx.account} order by name limit 1)
      union all
      select (select n.name from metric_numbers n where n.account_id = ${ctx.account} and n.name > names.name
        order by n.name limit 1)
      from names where names.name is not null
    )
    select names.name, (select count(*)::int from metric_numbers n
      where n.account_id = ${ctx.account} and n.name = names.name and n.at = (select max(m.at) from metric_numbers m
        where m.account_id = ${ctx.account} and m.name = names.name)) as agents
    from names where names.name is not null limit ${mostNames}`;
  const own = reported.filter(({ name }) => !(name in unitOf));
  return [
    ...builtInMetrics.map((name) => ({ name, unit: unitOf[name], agents: counts?.[name] ?? 0 })),
    ...own.map(({ name, agents }) => ({ name, unit: "number" as const, agents })),
  ];
}
