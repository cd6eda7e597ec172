import type { Db } from "@/db/client";
import type { KnownBeat } from "./judge-beat";

type Sum = {
  agentId: string;
  account: string;
  minuteMs: number;
  beats: number;
  cpuSum: number;
  cpuCount: number;
  cpuPeak: number | null;
  memorySum: number;
  memoryCount: number;
};

const minuteMs = 60_000;
const rowsAStatement = 1_000;
/** Ten minutes of 10,000 agents: what is kept while the database is away. */
const mostKept = 100_000;

/** Means and peaks of each agent's minute, gathered in memory and written when the minute is over. */
export class MinuteSums {
  private readonly open = new Map<string, Sum>();
  private closed: Sum[] = [];
  /** Sums that fell out while the database was away. */
  dropped = 0;

  add(agentId: string, account: string, beat: KnownBeat): void {
    const minute = Math.floor(beat.receivedAtMs / minuteMs) * minuteMs;
    let sum = this.open.get(agentId);
    if (sum && sum.minuteMs !== minute) {
      this.close(sum);
      sum = undefined;
    }
    if (!sum) {
      sum = emptySum(agentId, account, minute);
      this.open.set(agentId, sum);
    }
    sum.beats += 1;
    const cpu = beat.metrics?.cpuPercent;
    if (cpu != null) {
      sum.cpuSum += cpu;
      sum.cpuCount += 1;
      sum.cpuPeak = Math.max(sum.cpuPeak ?? 0, cpu);
    }
    const memory = beat.metrics?.memoryBytes;
    if (memory != null) {
      sum.memorySum += memory;
      sum.memoryCount += 1;
    }
  }

  /** Writes the minutes that ended before `now`, or all of them at the end of the process. */
  async flush(db: Db, now: Date, all = false): Promise<void> {
    const current = Math.floor(now.getTime() / minuteMs) * minuteMs;
    for (const sum of this.open.values()) {
      if (all || sum.minuteMs !== current) this.close(sum);
    }
    while (this.closed.length > 0) {
      const batch = this.closed.slice(0, rowsAStatement);
      await writeMinutes(db, batch);
      this.closed = this.closed.slice(batch.length);
    }
  }

  private close(sum: Sum): void {
    this.open.delete(sum.agentId);
    this.closed.push(sum);
    const excess = this.closed.length - mostKept;
    if (excess <= 0) return;
    this.closed.splice(0, excess);
    this.dropped += excess;
  }
}

function emptySum(agentId: string, account: string, minute: number): Sum {
  return {
    agentId,
    account,
    minuteMs: minute,
    beats: 0,
    cpuSum: 0,
    cpuCount: 0,
    cpuPeak: null,
    memorySum: 0,
    memoryCount: 0,
  };
}

/** An agent that moved between instances within a minute has two sums of it: the row joins them. */
async function writeMinutes(db: Db, sums: Sum[]): Promise<void> {
  const of = <Value>(pick: (sum: Sum) => Value) => sums.map(pick);
  await db.sql`
    insert into metric_minutes as m (agent_id, at, account_id, cpu_percent, cpu_peak_percent, memory_bytes, beats)
    select agent_id, at::timestamptz, max(account), avg(cpu), max(peak), avg(memory)::int8, sum(beats)::int
    from unnest(
      ${of((sum) => sum.agentId)}::text[],
      ${of((sum) => new Date(sum.minuteMs).toISOString())}::text[],
      ${of((sum) => sum.account)}::text[],
      ${of((sum) => (sum.cpuCount > 0 ? sum.cpuSum / sum.cpuCount : null))}::float8[],
      ${of((sum) => sum.cpuPeak)}::float8[],
      ${of((sum) => (sum.memoryCount > 0 ? sum.memorySum / sum.memoryCount : null))}::float8[],
      ${of((sum) => sum.beats)}::int4[]
    ) as x(agent_id, at, account, cpu, peak, memory, beats)
    group by agent_id, at
    on conflict (agent_id, at) do update set
      cpu_percent = case
        when m.cpu_percent is null or excluded.cpu_percent is null
          then coalesce(m.cpu_percent, excluded.cpu_percent)
        else (m.cpu_percent * m.beats + excluded.cpu_percent * excluded.beats) / (m.beats + excluded.beats) end,
      cpu_peak_percent = greatest(m.cpu_peak_percent, excluded.cpu_peak_percent),
      memory_bytes = coalesce(excluded.memory_bytes, m.memory_bytes),
      beats = m.beats + excluded.beats`;
}
