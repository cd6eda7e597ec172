import { and, arrayContains, asc, eq, gt, ilike, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Agent } from "@/contracts/fleet/agent";
import type { AgentStatus } from "@/contracts/fleet/status";
import type { Page } from "@/contracts/kernel/page";
import { agentPresence, agents, groups } from "@/db/schema";
import { type Ctx, demand, idCursor, pageById } from "@/domain/kernel";
import { agentOf } from "./agent-of";
import { selectAgents } from "./select-agents";

export type AgentQuery = {
  limit: number;
  /** Id of the last agent of the page before. */
  cursor?: string;
  status?: AgentStatus;
  group?: string;
  tag?: string;
  /** Part of a name, a host or a task. */
  q?: string;
};

/** Agents of the account in order of creation, a keyset page at a time. */
export async function findAgents(ctx: Ctx, query: AgentQuery, silentAfterMs?: number): Promise<Page<Agent>> {
  demand(ctx, "board:read");
  const conditions: (SQL | undefined)[] = [eq(agents.accountId, ctx.account), isNull(agents.removedAt)];
  const after = idCursor(query.cursor);
  if (after) conditions.push(gt(agents.id, after));
  if (query.status) conditions.push(eq(agentPresence.status, query.status));
  if (query.group) conditions.push(eq(sql`lower(${groups.name})`, query.group.toLowerCase()));
  if (query.tag) conditions.push(arrayContains(agents.tags, [query.tag]));
  if (query.q) {
    const pattern = `%${query.q.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(
      or(ilike(agents.name, pattern), ilike(agentPresence.host, pattern), ilike(agentPresence.task, pattern)),
    );
  }
  const rows = await selectAgents(ctx.db.orm)
    .where(and(...conditions))
    .orderBy(asc(agents.id))
    .limit(query.limit + 1);
  return pageById(rows, query.limit, (row) => agentOf(row, silentAfterMs));
}
