import { and, eq, sql } from "drizzle-orm";
import { groups } from "@/db/schema";
import type { Ctx, Unit } from "@/domain/kernel";

/** Id of the group of this name, which is made when it does not exist yet; capitals make no difference. */
export async function ensureGroup(unit: Unit, ctx: Ctx, name: string): Promise<string> {
  const id = ctx.ids.id("grp");
  const [made] = await unit.tx
    .insert(groups)
    .values({ id, accountId: ctx.account, name, createdAt: ctx.clock.now() })
    .onConflictDoNothing()
    .returning({ id: groups.id });
  if (made) {
    unit.record({ kind: "group.created", target: { kind: "group", id, name }, after: { name } });
    return made.id;
  }
  const [known] = await unit.tx
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.accountId, ctx.account), eq(sql`lower(${groups.name})`, name.toLowerCase())));
  if (!known) throw new Error("A group was neither made nor found: its name was changed at the same moment");
  return known.id;
}
