import type { Fact } from "@/contracts/facts";
import type { RuleDraft } from "@/contracts/watch/rule";
import type { Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import type { RuleRow } from "@/domain/watch/rules/view";
import type { Observation } from "./observation";
import { type NewRule, presentOfAgents } from "./present-agents";
import { presentOfFleet } from "./present-fleet";

/** What of a rule has to change before it means something else for those who are in trouble already. */
const asked: readonly (keyof RuleDraft)[] = ["enabled", "condition", "scope", "except"];

/** The rule that is to look at the present because of this fact: it is new, switched on or asks something else. */
export function newRuleOf({ kind, target, after }: Fact): string | null {
  if (target?.kind !== "rule") return null;
  const looks =
    kind === "rule.created" || (kind === "rule.changed" && asked.some((field) => after && field in after));
  return looks ? target.id : null;
}

/**
 * What rules see at the facts by which they begin to watch: trouble that is there already, since it is there. Outages
 * and hosts first, so that the first message is about all of it. Only what is not open yet, `most` at most: to be asked
 * again after these were judged, until there are fewer. What a changed rule does not watch any more its change has
 * resolved.
 */
export async function observePresent(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  rows: readonly RuleRow[],
  facts: readonly Fact[],
  most: number,
): Promise<Observation[]> {
  const since = new Map<string, Date>();
  for (const fact of facts) {
    const id = newRuleOf(fact);
    if (id) since.set(id, new Date(fact.at));
  }
  const rules: NewRule[] = rows.flatMap(({ id, draft }) => {
    const at = since.get(id);
    return at && draft.enabled ? [{ id, draft, condition: draft.condition, at }] : [];
  });
  const seq = facts.at(-1)?.seq ?? 0;
  const fleet = await presentOfFleet(ctx, tx, rules);
  const agents = fleet.length < most ? await presentOfAgents(ctx, tx, rules, seq, most - fleet.length) : [];
  return [...fleet, ...agents].slice(0, most);
}
