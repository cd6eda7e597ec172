import type { Rule, RuleDraft } from "@/contracts/watch/rule";
import type { rules } from "@/db/schema";

export type RuleRow = typeof rules.$inferSelect;

/** A stored rule in the words of its contract. */
export function ruleOf(row: RuleRow): Rule {
  return {
    ...row.draft,
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  };
}

/** What can be said of a rule, without its identity: what a file holds and another rule may be made of. */
export function draftOf({ id, version, createdAt, changedAt, ...draft }: Rule): RuleDraft {
  return draft;
}

/** What the facts of a rule are about. */
export function ruleTarget({ id, draft }: Pick<RuleRow, "id" | "draft">) {
  return { kind: "rule" as const, id, name: draft.name };
}

/** A draft as it is stored: no channel twice, nothing besides its own words. */
export function tidyDraft(rule: RuleDraft | Rule): RuleDraft {
  const draft = "id" in rule ? draftOf(rule) : rule;
  return { ...draft, channelIds: [...new Set(draft.channelIds)] };
}
