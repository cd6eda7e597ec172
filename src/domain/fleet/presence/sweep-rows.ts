import { transitionalStatuses, watchedStatuses } from "@/contracts/fleet/status";
import type { Db } from "@/db/client";

export type WatchedRow = { agentId: string; account: string; lastBeatMs: number | null };

/** Epoch ms of a column, as a number. */
const ms = "(extract(epoch from last_beat_at) * 1000)::float8";

/** Agents in whose status a beat is expected. */
export async function loadWatched(db: Db): Promise<WatchedRow[]> {
  return db.sql<WatchedRow[]>`
    select p.agent_id as "agentId", p.account_id as account, ${db.sql.unsafe(ms)} as "lastBeatMs"
    from agent_presence p join agents a on a.id = p.agent_id
    where a.removed_at is null and p.status = any(${[...watchedStatuses]}::text[])`;
}

/** What the database knows of those who seem silent; missing: gone, or nobody expects a beat of it. */
export async function loadPresence(
  db: Db,
  agentIds: string[],
  now: Date,
): Promise<Map<string, { lastBeatMs: number | null; held: boolean }>> {
  const rows = await db.sql<{ agentId: string; lastBeatMs: number | null; held: boolean }[]>`
    select p.agent_id as "agentId", ${db.sql.unsafe(ms)} as "lastBeatMs",
      coalesce(p.status in ('restarting', 'updating') and p.status_deadline_at > ${now.toISOString()}::timestamptz, false) as held
    from agent_presence p join agents a on a.id = p.agent_id
    where p.agent_id = any(${agentIds}::text[]) and a.removed_at is null
      and p.status = any(${[...watchedStatuses]}::text[])`;
  return new Map(rows.map((row) => [row.agentId, row]));
}

/** Agents whose transitional status should have ended. */
export async function loadOverdue(db: Db, now: Date): Promise<{ agentId: string; account: string }[]> {
  return db.sql<{ agentId: string; account: string }[]>`
    select agent_id as "agentId", account_id as account from agent_presence
    where status = any(${[...transitionalStatuses]}::text[]) and status_deadline_at <= ${now.toISOString()}::timestamptz`;
}

/** The wall clock was set by so much (ms, forward positive): what agents were given time for lasts as long as before. */
export async function moveDeadlines(db: Db, stepMs: number): Promise<void> {
  await db.sql`
    update agent_presence set status_deadline_at = status_deadline_at + ${stepMs} * interval '1 millisecond'
    where status = any(${[...transitionalStatuses]}::text[]) and status_deadline_at is not null`;
}
