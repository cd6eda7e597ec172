import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { MetricMinute } from "@/contracts/fleet/agent";
import { metricMinutes } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { agentRows } from "./find-agent";

/** Minutes of an agent in `[from, to)`, oldest first, at most two days of them. */
export async function metricMinutesOf(
  ctx: Ctx,
  agentId: string,
  from: Date,
  to: Date,
): Promise<MetricMinute[]> {
  demand(ctx, "board:read");
  await agentRows(ctx, agentId);
  const rows = await ctx.db.orm
    .select()
    .from(metricMinutes)
    .where(and(eq(metricMinutes.agentId, agentId), gte(metricMinutes.at, from), lt(metricMinutes.at, to)))
    .orderBy(asc(metricMinutes.at))
    .limit(2_880);
  return rows.map((row) => ({
    at: row.at.toISOString(),
    cpuPercent: row.cpuPercent,
    cpuPeakPercent: row.cpuPeakPercent,
    memoryBytes: row.memoryBytes,
  }));
}
