import { asc, eq } from "drizzle-orm";
import { agentKeys } from "@/db/schema";
import { agentRows } from "@/domain/fleet/agents/find-agent";
import { type Ctx, demand } from "@/domain/kernel";
import { keyOf } from "./key-of";

/** Keys of an agent, oldest first, without their secrets. */
export async function findKeys(ctx: Ctx, agentId: string) {
  demand(ctx, "agents:manage");
  await agentRows(ctx, agentId);
  const rows = await ctx.db.orm
    .select()
    .from(agentKeys)
    .where(eq(agentKeys.agentId, agentId))
    .orderBy(asc(agentKeys.createdAt), asc(agentKeys.id));
  const now = ctx.clock.now();
  return rows.map((row) => keyOf(row, now));
}
