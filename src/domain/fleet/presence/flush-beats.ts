import type { Activity, AgentStatus } from "@/contracts/fleet/status";
import type { Db } from "@/db/client";
import { lettingGo } from "@/db/let-go";
import type { KnownBeat } from "./judge-beat";

/** Most rows in one statement: past 1,000 a longer one is no faster, and its locks are held longer. */
export const flushSize = 1_000;

/** An agent whose row does not say what its beat says: its status has to be judged. */
export type Contradiction = { agentId: string; status: AgentStatus; activity: Activity | null };

/**
 * Writes the newest beat of each agent in one statement. Statuses and `stuck` are the verb's: this only tells where
 * row and beat disagree, so that the answer comes from the row itself and never from a memory that may be wrong.
 * Rows are locked in the order of their ids, like the verb does: two batches never wait for each other in a circle.
 * A row with a newer beat is left alone, unless that beat lies in our future: then a clock was set back.
 */
export async function flushBeats(db: Db, beats: Map<string, KnownBeat>, now: Date): Promise<Contradiction[]> {
  const rows = [...beats.values()];
  const of = (pick: (beat: KnownBeat) => string | number | null) => arrayText(rows, pick);
  return lettingGo(db.sql<Contradiction[]>`
    with told as (
      select *, to_timestamp(beat_ms / 1000) as beat_at, to_timestamp(progress_ms / 1000) as progress_at from unnest(
        ${arrayText([...beats.keys()], (agentId) => agentId)}::text[],
        ${of((beat) => beat.receivedAtMs)}::float8[],
        ${of((beat) => beat.activity)}::text[],
        ${of((beat) => beat.task)}::text[],
        ${of((beat) => beat.progressAtMs)}::float8[],
        ${of((beat) => (beat.metrics === null ? 0 : 1))}::int2[],
        ${of((beat) => beat.metrics?.cpuPercent ?? null)}::float8[],
        ${of((beat) => whole(beat.metrics?.memoryBytes))}::int8[],
        ${of((beat) => whole(beat.metrics?.diskUsedBytes))}::int8[],
        ${of((beat) => whole(beat.metrics?.diskTotalBytes))}::int8[],
        ${of((beat) => whole(beat.metrics?.netRxBytes))}::int8[],
        ${of((beat) => whole(beat.metrics?.netTxBytes))}::int8[]
      ) as told(agent_id, beat_ms, activity, task, progress_ms, measured, cpu, memory, disk_used, disk_total, rx, tx)
    ), locked as materialized (
      select p.agent_id from agent_presence p join told on told.agent_id = p.agent_id
      order by p.agent_id for no key update of p
    ), written as (
      update agent_presence p set
        last_beat_at = told.beat_at,
        activity = case
          when (told.activity = 'stuck') = (p.activity is not distinct from 'stuck') then told.activity
          else p.activity end,
        task = told.task,
        progress_at = told.progress_at,
        cpu_percent = case when told.measured = 1 then told.cpu else p.cpu_percent end,
        memory_bytes = case when told.measured = 1 then told.memory else p.memory_bytes end,
        disk_used_bytes = case when told.measured = 1 then told.disk_used else p.disk_used_bytes end,
        disk_total_bytes = case when told.measured = 1 then told.disk_total else p.disk_total_bytes end,
        net_rx_bytes = case when told.measured = 1 then told.rx else p.net_rx_bytes end,
        net_tx_bytes = case when told.measured = 1 then told.tx else p.net_tx_bytes end
      from told join locked on locked.agent_id = told.agent_id
      where p.agent_id = told.agent_id and (p.last_beat_at is null
        or p.last_beat_at <= told.beat_at or p.last_beat_at > ${now.toISOString()}::timestamptz)
      returning p.agent_id, p.status, p.activity, told.activity as told
    )
    select agent_id as "agentId", status, activity from written
    where status <> 'online' or activity is distinct from told`);
}

/**
 * An array as PostgreSQL reads it. The client would ask of each of its elements what it is, which takes as long as
 * everything else that is done for a beat here.
 */
function arrayText<Row>(rows: Row[], pick: (row: Row) => string | number | null): string {
  const elements = rows.map((row) => {
    const value = pick(row);
    return typeof value === "string" ? `"${value.replace(/["\\]/g, "\\$&")}"` : (value ?? "NULL");
  });
  // The brackets go with an element: put around the whole they would make a second copy of it.
  elements[0] = `{${elements[0] ?? ""}`;
  elements[elements.length - 1] += "}";
  return elements.join(",");
}

function whole(amount: number | null | undefined): number | null {
  return amount == null ? null : Math.round(amount);
}
