import { and, eq, sql } from "drizzle-orm";
import type { RuleDraft } from "@/contracts/watch/rule";
import { alertStates } from "@/db/schema";
import type { Ctx, Unit } from "@/domain/kernel";
import { resolveAlertsOfRule } from "../alerts/resolve-of-rule";
import { changedFields } from "./changed-fields";
import { watches } from "./scope";
import type { RuleRow } from "./view";

/** Kinds whose subject is not an agent: another scope is another question. */
const wholeScope: ReadonlySet<string> = new Set(["outage", "host-down", "expiry", "self"]);

/**
 * What a change of a rule means for what it has open: switched off or asking something else, its alerts resolve and
 * its states are forgotten; with a narrower scope those that left it; with other durations, what time moves on is due
 * at another moment. Other words (name, severity, channels) are those of the next alert.
 */
export async function settleRule(ctx: Ctx, unit: Unit, before: RuleRow, after: RuleRow): Promise<void> {
  const { id, draft } = after;
  const changed = new Set<keyof RuleDraft>(changedFields(before.draft, draft));
  const who = ctx.actor.name;
  const scoped = changed.has("scope") || changed.has("except");
  const asksElse = changed.has("condition") || (scoped && wholeScope.has(draft.condition.kind));
  if (!draft.enabled) {
    if (changed.has("enabled"))
      await resolveAlertsOfRule(ctx, unit, id, () => true, `The rule was switched off by ${who}`);
    return;
  }
  if (asksElse)
    return resolveAlertsOfRule(ctx, unit, id, () => true, `${who} changed what the rule looks for`);
  if (scoped)
    await resolveAlertsOfRule(
      ctx,
      unit,
      id,
      (agent) => agent === null || !watches(draft, agent),
      `No longer watched: ${who} changed the rule`,
    );
  if (changed.has("forMs")) await moveDue(unit, id, "pending", draft.forMs);
  if (changed.has("recoverMs")) await moveDue(unit, id, "recovering", draft.recoverMs);
}

/** States that only wait for time wait for the new one, from where they began. */
async function moveDue(
  { tx }: Unit,
  ruleId: string,
  state: "pending" | "recovering",
  afterMs: number,
): Promise<void> {
  await tx
    .update(alertStates)
    .set({ dueAt: sql`${alertStates.since} + ${afterMs} * interval '1 millisecond'` })
    .where(
      and(
        eq(alertStates.ruleId, ruleId),
        eq(alertStates.state, state),
        sql`${alertStates.dueAt} is not null`,
      ),
    );
}
