import { and, asc, eq, gt } from "drizzle-orm";
import type { Page, PageQuery } from "@/contracts/kernel/page";
import type { ApiToken } from "@/contracts/people/user";
import { apiTokens, users } from "@/db/schema";
import { type Ctx, idCursor, pageById } from "@/domain/kernel";
import { reachable } from "./reachable";
import { tokenOf } from "./token-of";

/** Tokens in order of creation, revoked ones too: the log speaks of them. The cursor is the last one's id. */
export async function findTokens(ctx: Ctx, query: PageQuery): Promise<Page<ApiToken>> {
  const after = idCursor(query.cursor);
  const rows = await ctx.db.orm
    .select({ token: apiTokens, maker: users.name })
    .from(apiTokens)
    .leftJoin(users, eq(users.id, apiTokens.createdBy))
    .where(and(reachable(ctx), after ? gt(apiTokens.id, after) : undefined))
    .orderBy(asc(apiTokens.id))
    .limit(query.limit + 1);
  return pageById(rows, query.limit, ({ token, maker }) => tokenOf(token, maker));
}
