import { eq } from "drizzle-orm";
import type { Rule, RuleDraft, RuleVersion } from "@/contracts/watch/rule";
import { rules, ruleVersions } from "@/db/schema";
import type { Ctx, Unit } from "@/domain/kernel";
import { changedFields } from "./changed-fields";
import { settleRule } from "./settle-rule";
import { type RuleRow, ruleOf, ruleTarget } from "./view";

type How = RuleVersion["how"];
/** How it came to be, and out of which other rule or version. */
type Told = { how: How; from?: string; fromVersion?: number };

/** Writes a rule that is new, with its first version and its fact. `createdAt` of the rows keeps the order of a file. */
export async function insertRule(
  ctx: Ctx,
  { tx, record }: Unit,
  draft: RuleDraft,
  told: Told,
): Promise<Rule> {
  const at = ctx.clock.now();
  const row: RuleRow = {
    id: ctx.ids.id("rul"),
    accountId: ctx.account,
    version: 1,
    draft,
    createdAt: at,
    changedAt: at,
    deletedAt: null,
  };
  await tx.insert(rules).values(row);
  await tx.insert(ruleVersions).values(versionOf(ctx, row, told.how));
  const rule = ruleOf(row);
  record({ kind: "rule.created", target: ruleTarget(row), after: rule, data: { ruleId: row.id, ...told } });
  return rule;
}

/**
 * Makes `draft` the next version of a locked rule and settles what the old one left open. The same words again make
 * no version and no fact.
 */
export async function updateRule(
  ctx: Ctx,
  unit: Unit,
  row: RuleRow,
  draft: RuleDraft,
  told: Told,
): Promise<Rule> {
  const changed = changedFields(row.draft, draft);
  if (changed.length === 0) return ruleOf(row);
  const next: RuleRow = { ...row, draft, version: row.version + 1, changedAt: ctx.clock.now() };
  await saveVersion(ctx, unit, next, told.how);
  unit.record({
    kind: "rule.changed",
    target: ruleTarget(next),
    before: pick(row.draft, changed),
    after: { ...pick(draft, changed), version: next.version, changedAt: next.changedAt.toISOString() },
    data: { ruleId: row.id, ...told },
  });
  await settleRule(ctx, unit, row, next);
  return ruleOf(next);
}

/** The row as it is now, and the version that says so. */
export async function saveVersion(ctx: Ctx, { tx }: Unit, row: RuleRow, how: How): Promise<void> {
  const { version, draft, changedAt, deletedAt } = row;
  await tx.update(rules).set({ version, draft, changedAt, deletedAt }).where(eq(rules.id, row.id));
  await tx.insert(ruleVersions).values(versionOf(ctx, row, how));
}

export function versionOf(ctx: Pick<Ctx, "actor">, row: RuleRow, how: How): typeof ruleVersions.$inferInsert {
  const { id: ruleId, version, accountId, changedAt: at, draft } = row;
  return { ruleId, version, accountId, at, author: ctx.actor, how, draft };
}

function pick(draft: RuleDraft, fields: (keyof RuleDraft)[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, draft[field]]));
}
