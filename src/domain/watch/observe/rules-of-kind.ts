import type { Condition, ConditionKind } from "@/contracts/watch/condition";
import type { RuleDraft } from "@/contracts/watch/rule";
import type { RuleRow } from "@/domain/watch/rules";

/** A rule as the pure parts of readers see it: a stored one, or a draft that is rehearsed. */
export type WatchingRule<Kind extends ConditionKind = ConditionKind> = {
  id: string;
  draft: RuleDraft;
  condition: Extract<Condition, { kind: Kind }>;
};

/** The rules of a kind that are switched on, with their condition by its own type. */
export function rulesOfKind<Kind extends ConditionKind>(
  rows: readonly Pick<RuleRow, "id" | "draft">[],
  kind: Kind,
): WatchingRule<Kind>[] {
  return rows.flatMap(({ id, draft }) => {
    const { condition } = draft;
    return draft.enabled && isOfKind(condition, kind) ? [{ id, draft, condition }] : [];
  });
}

function isOfKind<Kind extends ConditionKind>(
  condition: Condition,
  kind: Kind,
): condition is Extract<Condition, { kind: Kind }> {
  return condition.kind === kind;
}
