import { and, desc, eq, gte, ilike, lt, type SQL } from "drizzle-orm";
import { type LogLevel, type LogLine, logLevels } from "@/contracts/fleet/log-line";
import type { Page } from "@/contracts/kernel/page";
import { logLines } from "@/db/schema";
import { agentRows } from "@/domain/fleet/agents/find-agent";
import { type Ctx, demand, numberCursor, pageOfRows } from "@/domain/kernel";

export type LinesQuery = {
  agentId: string;
  limit: number;
  /** `nextCursor` of a page: lines older than that page. */
  cursor?: string;
  /** This level and worse. */
  level?: LogLevel;
  q?: string;
};

/** The newest lines that fit, oldest first within the page: a page reads downward like a terminal. */
export async function findLines(ctx: Ctx, query: LinesQuery): Promise<Page<LogLine>> {
  demand(ctx, "board:read");
  await agentRows(ctx, query.agentId);
  const conditions: SQL[] = [eq(logLines.agentId, query.agentId), eq(logLines.accountId, ctx.account)];
  const before = numberCursor(query.cursor);
  if (before !== null) conditions.push(lt(logLines.id, before));
  if (query.level) conditions.push(gte(logLines.level, logLevels.indexOf(query.level)));
  if (query.q) conditions.push(ilike(logLines.message, `%${query.q.replace(/[\\%_]/g, "\\$&")}%`));
  const rows = await ctx.db.orm
    .select()
    .from(logLines)
    .where(and(...conditions))
    .orderBy(desc(logLines.id))
    .limit(query.limit + 1);
  const { items, nextCursor } = pageOfRows(rows, query.limit, lineOf, ({ id }) => id);
  return { items: items.reverse(), nextCursor };
}

function lineOf(row: typeof logLines.$inferSelect): LogLine {
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    level: logLevels[row.level] ?? "info",
    source: row.source,
    message: row.message,
  };
}
