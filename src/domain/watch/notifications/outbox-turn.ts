import type { Ground } from "@/domain/kernel";

/**
 * How far behind the outbox is: since when its oldest message is due that nothing keeps back, in ms, and how many wait.
 * What a service refuses is not our lag: a message between its tries is not due, and what waits for a channel that
 * failed last is left out, also while one message is tried there.
 */
export async function outboxTurn({
  db,
  clock,
}: Pick<Ground, "db" | "clock">): Promise<{ lagMs: number; backlog: number }> {
  const now = clock.now();
  const [row] = await db.sql<{ backlog: number; due: string | null }[]>`
    select count(*)::int as backlog,
      min(n.next_attempt_at) filter (where c.failures_in_row = 0 and c.broken_until is null) as due
    from notifications n join channels c on c.id = n.channel_id
    where n.state = 'pending'`;
  return {
    backlog: row?.backlog ?? 0,
    lagMs: row?.due ? Math.max(0, now.getTime() - new Date(row.due).getTime()) : 0,
  };
}
