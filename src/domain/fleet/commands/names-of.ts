import { and, eq, inArray, isNull } from "drizzle-orm";
import { agents } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";

/**
 * What agents are called, in the order of `agentIds`; only those whom `nameOf` does not know are looked up. Null when one of
 * those is no agent of the account.
 */
export async function namesOf(
  ctx: Ctx,
  agentIds: string[],
  nameOf: (agentId: string) => string | null,
): Promise<Map<string, string> | null> {
  const unknown = agentIds.filter((id) => nameOf(id) === null);
  const found = new Map<string, string>();
  if (unknown.length > 0) {
    const rows = await ctx.db.orm
      .select({ id: agents.id, name: agents.name })
      .from(agents)
      .where(and(eq(agents.accountId, ctx.account), inArray(agents.id, unknown), isNull(agents.removedAt)));
    if (rows.length < unknown.length) return null;
    for (const { id, name } of rows) found.set(id, name);
  }
  return new Map(agentIds.map((id) => [id, found.get(id) ?? nameOf(id) ?? ""]));
}
