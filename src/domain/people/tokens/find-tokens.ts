import { and, desc, eq, lt } from "drizzle-orm";
import type { Page, PageQuery } from "@/contracts/kernel/page";
import type { ApiToken } from "@/contracts/people/user";
import { apiTokens, users } from "@/db/schema";
import { type Ctx, idCursor, pageById } from "@/domain/kernel";
import { reachable } from "./reachable";
import { tokenOf } from "./token-of";

/**
 * Tokens, the newest first, revoked ones too: the log speaks of them, so the list only grows. The cursor is the last
 * one's id.
 */
export async function findTokens(ctx: Ctx, query: PageQuery): Promise<Page<ApiToken>> {
  const before = idCursor(query.cursor);
  const rows = await ctx.db.orm
    .select({ token: apiTokens, maker: users.name })
    .from(apiTokens)
    .leftJoin(users, eq(users.id, apiTokens.createdBy))
    .where(and(reachable(ctx), before ? lt(apiTokens.id, before) : undefined))
    .orderBy(desc(apiTokens.id))
    .limit(query.limit + 1);
  return pageById(rows, query.limit, ({ token, maker }) => tokenOf(token, maker));
}
