import type { ConditionKind } from "@/contracts/watch/condition";
import type { WatchingRule } from "../observe/rules-of-kind";
import { rulesOfKind } from "../observe/rules-of-kind";
import type { RuleRow } from "../rules/view";

/** The rule as readers see it. */
export function watching({ id, draft }: RuleRow): WatchingRule {
  return { id, draft, condition: draft.condition };
}

/** The same, of one kind; it has to be of that kind. */
export function watchingOf<Kind extends ConditionKind>(rule: RuleRow, kind: Kind): WatchingRule<Kind> {
  const [found] = rulesOfKind([rule], kind);
  if (!found) throw new Error(`This rule is not of the kind ${kind}.`);
  return found;
}
