import { type Ctx, demand } from "@/domain/kernel";

/** Minutes of history that a sparkline begins with. */
const sparkMinutes = 10;

/** CPU of every agent in the last ten minutes: one number a minute from `from` on, null where nothing was measured. */
export type RecentSparks = { from: string; everyMs: number; byAgent: Record<string, (number | null)[]> };

/** What the board's sparklines begin with; the browser goes on by itself from the beats. One query, one row an agent. */
export async function recentSparks(ctx: Ctx): Promise<RecentSparks> {
  demand(ctx, "board:read");
  const everyMs = 60_000;
  const firstMs = Math.floor(ctx.clock.now().getTime() / everyMs - sparkMinutes + 1) * everyMs;
  const from = new Date(firstMs).toISOString();
  // Minutes of agents of this account only: the join also leaves out agents that were removed.
  const rows = await ctx.db.sql<{ agent_id: string; at_ms: string; cpu: string | number | null }[]>`
    select m.agent_id, extract(epoch from m.at) * 1000 as at_ms, m.cpu_percent as cpu
    from agents a join metric_minutes m on m.agent_id = a.id and m.at >= ${from}::timestamptz
    where a.account_id = ${ctx.account} and a.removed_at is null`;
  const byAgent: Record<string, (number | null)[]> = {};
  for (const row of rows) {
    const index = Math.floor((Number(row.at_ms) - firstMs) / everyMs);
    if (row.cpu === null || index < 0 || index >= sparkMinutes) continue;
    const points = byAgent[row.agent_id] ?? Array.from({ length: sparkMinutes }, () => null);
    points[index] = Math.round(Number(row.cpu) * 10) / 10;
    byAgent[row.agent_id] = points;
  }
  return { from, everyMs, byAgent };
}
