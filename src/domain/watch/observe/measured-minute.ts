import type { AgentStatus } from "@/contracts/fleet/status";
import { rawIn, type Tx } from "@/db/client";
import type { WatchedAgent } from "./observation";

/** A closed minute of one agent; nulls where it told nothing. */
export type MeasuredAgent = WatchedAgent & {
  createdAtMs: number;
  task: string | null;
  cpuPercent: number | null;
  memoryBytes: number | null;
  diskUsedBytes: number | null;
  diskTotalBytes: number | null;
  netRxBytes: number | null;
  netTxBytes: number | null;
};

type Pick = (agent: MeasuredAgent) => number | null;
const usedPercent: Pick = ({ diskUsedBytes: used, diskTotalBytes: total }) =>
  used === null || !total ? null : (used / total) * 100;

const builtIn: Readonly<Record<string, Pick>> = {
  cpuPercent: (agent) => agent.cpuPercent,
  memoryBytes: (agent) => agent.memoryBytes,
  diskUsedPercent: usedPercent,
  diskUsedBytes: (agent) => agent.diskUsedBytes,
  netRxBytes: (agent) => agent.netRxBytes,
  netTxBytes: (agent) => agent.netTxBytes,
};
export const isBuiltIn = (metric: string): boolean => Object.hasOwn(builtIn, metric);

/** What a minute holds of some agents, for all rules: values by metric, read as they are asked for. */
export class MeasuredPage {
  constructor(
    /** Agents that were not removed, whether they told anything or not, in the order of their ids. */
    readonly agents: readonly MeasuredAgent[],
    /** Whether there is no agent after these. */
    readonly last: boolean,
    private readonly numbers: ReadonlyMap<string, ReadonlyMap<string, number>>,
  ) {}

  /** How one metric is read, looked up once a rule and not once an agent. */
  reader(metric: string): (agent: MeasuredAgent) => number | null {
    if (isBuiltIn(metric)) return builtIn[metric] ?? (() => null);
    const ofName = this.numbers.get(metric);
    return (agent) => ofName?.get(agent.id) ?? null;
  }
}

/** So few that the event loop gets its turns between pages. */
const pageAgents = 1_000;
const amount = (text: string | number | null) => (text === null ? null : Number(text));

/**
 * The agents after one, however many rules there are: two queries, the second only where rules name reported numbers.
 * Minutes are looked up agent by agent (`lateral`). As a plain join the database reads the whole fleet's minute for each
 * page, since it thinks that the newest minute, which its statistics do not know yet, holds next to nothing.
 */
export async function readPage(
  tx: Tx,
  account: string,
  { minute, metrics, after }: { minute: Date; metrics: readonly string[]; after: string },
): Promise<MeasuredPage> {
  const at = minute.toISOString();
  const rows = await rawIn(tx)<Row[]>`
    select a.id, a.name, g.name as "group", p.host, a.tags, coalesce(p.status, 'unknown') as status, p.task,
      a.created_at as "createdAt", m.cpu_percent as "cpuPercent", m.memory_bytes as "memoryBytes",
      m.disk_used_bytes as "diskUsedBytes", m.disk_total_bytes as "diskTotalBytes",
      m.net_rx_bytes as "netRxBytes", m.net_tx_bytes as "netTxBytes"
    from (
      select * from agents where account_id = ${account} and removed_at is null and id > ${after}
      order by id limit ${pageAgents}
    ) a
    left join groups g on g.id = a.group_id
    left join agent_presence p on p.agent_id = a.id
    left join lateral (
      select * from metric_minutes where agent_id = a.id and at = ${at}::timestamptz limit 1
    ) m on true
    order by a.id`;
  const agents = rows.map(measuredOf);
  const names = [...new Set(metrics)].filter((metric) => !isBuiltIn(metric));
  const numbers = await readNumbers(tx, at, names, agents);
  return new MeasuredPage(agents, agents.length < pageAgents, numbers);
}

type Row = Omit<MeasuredAgent, "createdAtMs" | "status"> & { createdAt: string; status: AgentStatus };

/** Field by field: this is done for each agent each minute. */
const measuredOf = (row: Row): MeasuredAgent => ({
  id: row.id,
  name: row.name,
  group: row.group,
  host: row.host,
  tags: row.tags,
  status: row.status,
  task: row.task,
  createdAtMs: Date.parse(row.createdAt),
  cpuPercent: row.cpuPercent,
  memoryBytes: amount(row.memoryBytes),
  diskUsedBytes: amount(row.diskUsedBytes),
  diskTotalBytes: amount(row.diskTotalBytes),
  netRxBytes: amount(row.netRxBytes),
  netTxBytes: amount(row.netTxBytes),
});

async function readNumbers(
  tx: Tx,
  at: string,
  names: string[],
  agents: readonly MeasuredAgent[],
): Promise<Map<string, Map<string, number>>> {
  const numbers = new Map<string, Map<string, number>>();
  if (names.length === 0 || agents.length === 0) return numbers;
  const rows = await rawIn(tx)<{ agentId: string; name: string; value: number }[]>`
    select a.id as "agentId", n.name, n.value from unnest(${agents.map(({ id }) => id)}::text[]) as a(id)
    cross join lateral (
      select name, value from metric_numbers
      where agent_id = a.id and at = ${at}::timestamptz and name = any(${names}::text[]) offset 0
    ) n`;
  for (const { agentId, name, value } of rows) {
    const ofName = numbers.get(name) ?? new Map<string, number>();
    ofName.set(agentId, value);
    numbers.set(name, ofName);
  }
  return numbers;
}

/** Of these agents and metrics, which had a value in `[from, before)`: `agent metric`. */
export async function readRecent(
  tx: Tx,
  wanted: { agentIds: string[]; metrics: string[]; from: Date; before: Date },
): Promise<Set<string>> {
  const found = new Set<string>();
  if (wanted.agentIds.length === 0) return found;
  const sql = rawIn(tx);
  const [from, before] = [wanted.from.toISOString(), wanted.before.toISOString()];
  const rows = await sql<({ id: string } & Record<string, unknown>)[]>`
    select agent_id as id, bool_or(cpu_percent is not null) as "cpuPercent",
      bool_or(memory_bytes is not null) as "memoryBytes",
      bool_or(disk_used_bytes is not null and disk_total_bytes > 0) as "diskUsedPercent",
      bool_or(disk_used_bytes is not null) as "diskUsedBytes",
      bool_or(net_rx_bytes is not null) as "netRxBytes", bool_or(net_tx_bytes is not null) as "netTxBytes"
    from metric_minutes where agent_id = any(${wanted.agentIds}::text[])
      and at >= ${from}::timestamptz and at < ${before}::timestamptz
    group by agent_id`;
  for (const { id, ...had } of rows)
    for (const metric in had) if (had[metric] === true) found.add(`${id} ${metric}`);
  const names = wanted.metrics.filter((metric) => !isBuiltIn(metric));
  if (names.length === 0) return found;
  const told = await sql<{ id: string; name: string }[]>`
    select distinct agent_id as id, name from metric_numbers
    where name = any(${names}::text[]) and agent_id = any(${wanted.agentIds}::text[])
      and at >= ${from}::timestamptz and at < ${before}::timestamptz`;
  for (const { id, name } of told) found.add(`${id} ${name}`);
  return found;
}
