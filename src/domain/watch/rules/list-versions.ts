import { and, desc, eq, lt } from "drizzle-orm";
import type { z } from "zod";
import type { Page } from "@/contracts/kernel/page";
import type { RuleVersion, ruleVersionsQuerySchema } from "@/contracts/watch/rule";
import { rules, ruleVersions } from "@/db/schema";
import { type Ctx, demand, notFound, numberCursor, pageOfRows } from "@/domain/kernel";

/** Every version of a rule with its author, newest first; also of a deleted one. Throws not-found. */
export async function listRuleVersions(
  ctx: Ctx,
  { id, limit, cursor }: z.output<typeof ruleVersionsQuerySchema>,
): Promise<Page<RuleVersion>> {
  demand(ctx, "board:read");
  const before = numberCursor(cursor, 9);
  const [rule] = await ctx.db.orm
    .select({ id: rules.id })
    .from(rules)
    .where(and(eq(rules.accountId, ctx.account), eq(rules.id, id)));
  if (!rule) throw notFound("rule");
  const rows = await ctx.db.orm
    .select()
    .from(ruleVersions)
    .where(and(eq(ruleVersions.ruleId, id), before === null ? undefined : lt(ruleVersions.version, before)))
    .orderBy(desc(ruleVersions.version))
    .limit(limit + 1);
  return pageOfRows(
    rows,
    limit,
    ({ version, at, author, how, draft }) => ({ version, at: at.toISOString(), author, how, rule: draft }),
    (last) => String(last.version),
  );
}
