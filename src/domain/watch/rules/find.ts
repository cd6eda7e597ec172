import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { ListedRule, Rule } from "@/contracts/watch/rule";
import type { Tx } from "@/db/client";
import { rules, ruleVersions } from "@/db/schema";
import { type Ctx, demand, notFound } from "@/domain/kernel";
import { type RuleRow, ruleOf } from "./view";

const oldestFirst = [asc(rules.createdAt), asc(rules.id)];
const ofAccount = (ctx: Ctx) => and(eq(rules.accountId, ctx.account), isNull(rules.deletedAt));

/** All rules of the account with who changed each last, also those that are switched off, oldest first. */
export async function listRules(ctx: Ctx): Promise<ListedRule[]> {
  demand(ctx, "board:read");
  const rows = await ctx.db.orm
    .select({ rule: rules, changedBy: ruleVersions.author })
    .from(rules)
    .innerJoin(ruleVersions, and(eq(ruleVersions.ruleId, rules.id), eq(ruleVersions.version, rules.version)))
    .where(ofAccount(ctx))
    .orderBy(...oldestFirst);
  return rows.map(({ rule, changedBy }) => ({ ...ruleOf(rule), changedBy }));
}

/** One rule as people see it. Throws not-found. */
export async function getRule(ctx: Ctx, id: string): Promise<Rule> {
  demand(ctx, "board:read");
  const [row] = await ctx.db.orm
    .select()
    .from(rules)
    .where(and(ofAccount(ctx), eq(rules.id, id)));
  if (!row) throw notFound("rule");
  return ruleOf(row);
}

/**
 * The rules that judge: neither deleted nor switched off, oldest first. Locked until the transaction ends, so that
 * what is fired by a rule is fired by one that is in force when it commits.
 */
export async function readRules(ctx: Pick<Ctx, "account">, tx: Tx): Promise<RuleRow[]> {
  return tx
    .select()
    .from(rules)
    .where(
      and(
        eq(rules.accountId, ctx.account),
        isNull(rules.deletedAt),
        sql`(${rules.draft}->>'enabled')::boolean`,
      ),
    )
    .orderBy(...oldestFirst)
    .for("share");
}

/** The rule, locked against the evaluator and other editors until the transaction ends. Throws not-found. */
export async function lockRule(ctx: Ctx, tx: Tx, id: string): Promise<RuleRow> {
  const [row] = await tx
    .select()
    .from(rules)
    .where(and(ofAccount(ctx), eq(rules.id, id)))
    .for("update");
  if (!row) throw notFound("rule");
  return row;
}
