import { and, asc, eq, isNull } from "drizzle-orm";
import type { Rule } from "@/contracts/watch/rule";
import type { Tx } from "@/db/client";
import { channels, rules } from "@/db/schema";
import { type Ctx, demand, invalid, notFound } from "@/domain/kernel";
import { type RuleRow, ruleOf } from "./view";

/** All rules of the account, oldest first. */
export async function listRules(ctx: Ctx): Promise<Rule[]> {
  demand(ctx, "board:read");
  const rows = await ctx.db.orm
    .select()
    .from(rules)
    .where(and(eq(rules.accountId, ctx.account), isNull(rules.deletedAt)))
    .orderBy(asc(rules.createdAt), asc(rules.id));
  return rows.map(ruleOf);
}

/** The rule, locked against the evaluator and other editors until the transaction ends. Throws not-found. */
export async function lockRule(ctx: Ctx, tx: Tx, id: string): Promise<RuleRow> {
  const [row] = await tx
    .select()
    .from(rules)
    .where(and(eq(rules.accountId, ctx.account), eq(rules.id, id), isNull(rules.deletedAt)))
    .for("update");
  if (!row) throw notFound("rule");
  return row;
}

/** Refuses channels that the account does not have: a rule must not promise to tell nobody. */
export async function demandChannels(ctx: Ctx, tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await tx
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.accountId, ctx.account), isNull(channels.deletedAt)));
  const known = new Set(found.map((row) => row.id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0) {
    throw invalid("The rule names channels that do not exist any more. Choose among the ones there are.", {
      channelIds: missing,
    });
  }
}
