import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { MetricMinute } from "@/contracts/fleet/agent";
import { mostNumbers } from "@/contracts/fleet/metric-name";
import { metricMinutes, metricNumbers } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { agentRows } from "./find-agent";

const mostMinutes = 2_880;

/** Minutes of an agent in `[from, to)`, oldest first, at most two days of them. */
export async function metricMinutesOf(
  ctx: Ctx,
  agentId: string,
  from: Date,
  to: Date,
): Promise<MetricMinute[]> {
  demand(ctx, "board:read");
  await agentRows(ctx, agentId);
  const ofTime = (table: typeof metricMinutes | typeof metricNumbers) =>
    and(eq(table.agentId, agentId), gte(table.at, from), lt(table.at, to));
  const rows = await ctx.db.orm
    .select()
    .from(metricMinutes)
    .where(ofTime(metricMinutes))
    .orderBy(asc(metricMinutes.at))
    .limit(mostMinutes);
  const reported = await ctx.db.orm
    .select({ at: metricNumbers.at, name: metricNumbers.name, value: metricNumbers.value })
    .from(metricNumbers)
    .where(ofTime(metricNumbers))
    .orderBy(asc(metricNumbers.at), asc(metricNumbers.name))
    .limit(mostMinutes * mostNumbers);
  const numbers = new Map<number, Record<string, number>>();
  for (const { at, name, value } of reported) {
    const ofMinute = numbers.get(at.getTime()) ?? {};
    ofMinute[name] = value;
    numbers.set(at.getTime(), ofMinute);
  }
  return rows.map((row) => ({
    at: row.at.toISOString(),
    cpuPercent: row.cpuPercent,
    cpuPeakPercent: row.cpuPeakPercent,
    memoryBytes: row.memoryBytes,
    diskUsedBytes: row.diskUsedBytes,
    diskTotalBytes: row.diskTotalBytes,
    netRxBytes: row.netRxBytes,
    netTxBytes: row.netTxBytes,
    numbers: numbers.get(row.at.getTime()) ?? {},
  }));
}
