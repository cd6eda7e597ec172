import { and, asc, count, eq, isNull } from "drizzle-orm";
import { agents, groups } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";

/** Every group of the account with how many agents are in it, by name. */
export async function findGroups(ctx: Ctx): Promise<{ id: string; name: string; agents: number }[]> {
  demand(ctx, "board:read");
  return ctx.db.orm
    .select({ id: groups.id, name: groups.name, agents: count(agents.id) })
    .from(groups)
    .leftJoin(agents, and(eq(agents.groupId, groups.id), isNull(agents.removedAt)))
    .where(eq(groups.accountId, ctx.account))
    .groupBy(groups.id, groups.name)
    .orderBy(asc(groups.name));
}
