import { and, desc, eq, lt } from "drizzle-orm";
import type { JoinToken } from "@/contracts/fleet/agent";
import type { Page, PageQuery } from "@/contracts/kernel/page";
import { groups, joinTokens } from "@/db/schema";
import { type Ctx, demand, idCursor, pageById } from "@/domain/kernel";
import { joinTokenOf } from "./token-of";

/**
 * Newest first; spent, expired and revoked ones stay listed, so that one sees what was given out. The cursor is the
 * last one's id.
 */
export async function findJoinTokens(ctx: Ctx, query: PageQuery): Promise<Page<JoinToken>> {
  demand(ctx, "agents:manage");
  const before = idCursor(query.cursor);
  const rows = await ctx.db.orm
    .select({ token: joinTokens, group: groups.name })
    .from(joinTokens)
    .leftJoin(groups, eq(groups.id, joinTokens.groupId))
    .where(and(eq(joinTokens.accountId, ctx.account), before ? lt(joinTokens.id, before) : undefined))
    .orderBy(desc(joinTokens.id))
    .limit(query.limit + 1);
  return pageById(rows, query.limit, ({ token, group }) => joinTokenOf(token, group));
}
