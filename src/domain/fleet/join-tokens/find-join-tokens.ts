import { desc, eq } from "drizzle-orm";
import { groups, joinTokens } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { joinTokenOf } from "./token-of";

/** Newest first; spent, expired and revoked ones stay listed, so that one sees what was given out. */
export async function findJoinTokens(ctx: Ctx) {
  demand(ctx, "agents:manage");
  const rows = await ctx.db.orm
    .select({ token: joinTokens, group: groups.name })
    .from(joinTokens)
    .leftJoin(groups, eq(groups.id, joinTokens.groupId))
    .where(eq(joinTokens.accountId, ctx.account))
    .orderBy(desc(joinTokens.id))
    .limit(500);
  return rows.map((row) => joinTokenOf(row.token, row.group));
}
