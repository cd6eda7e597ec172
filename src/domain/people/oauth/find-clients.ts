import { and, desc, eq, lt } from "drizzle-orm";
import type { Page, PageQuery } from "@/contracts/kernel/page";
import type { MachineClient } from "@/contracts/people/oauth";
import { oauthClients } from "@/db/schema";
import { type Ctx, demand, idCursor, pageById } from "@/domain/kernel";
import { clientOf } from "./client-of";

/**
 * Clients, the newest first, revoked ones too: the log speaks of them, so the list only grows. The cursor is the last
 * one's id.
 */
export async function findClients(ctx: Ctx, query: PageQuery): Promise<Page<MachineClient>> {
  demand(ctx, "users:manage");
  const before = idCursor(query.cursor);
  const rows = await ctx.db.orm
    .select()
    .from(oauthClients)
    .where(and(eq(oauthClients.accountId, ctx.account), before ? lt(oauthClients.id, before) : undefined))
    .orderBy(desc(oauthClients.id))
    .limit(query.limit + 1);
  const now = ctx.clock.now();
  return pageById(rows, query.limit, (row) => clientOf(row, now));
}
