import { and, eq, isNotNull } from "drizzle-orm";
import type { RuleDraft } from "@/contracts/watch/rule";
import { watches } from "@/contracts/watch/scope";
import { rawIn } from "@/db/client";
import { alertStates } from "@/db/schema";
import type { Ctx, Unit } from "@/domain/kernel";
import { resolveAlertsOfRule } from "../alerts/resolve-of-rule";
import { changedFields } from "./changed-fields";
import { dueOf } from "./standing";
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
  if (changed.has("forMs") || changed.has("recoverMs") || changed.has("flap")) await moveDue(unit, after);
}

/** What time moves on is due by the new durations, from where it began. */
async function moveDue({ tx }: Unit, row: RuleRow): Promise<void> {
  const states = await tx
    .select()
    .from(alertStates)
    .where(and(eq(alertStates.ruleId, row.id), isNotNull(alertStates.dueAt)))
    .for("update");
  const moved = states.map((state) => ({
    key: state.subjectKey,
    due: dueOf(row.draft, state)?.toISOString() ?? null,
  }));
  await rawIn(tx)`
    update alert_states s set due_at = m.due
    from jsonb_to_recordset(${JSON.stringify(moved)}::text::jsonb) as m(key text, due timestamptz)
    where s.rule_id = ${row.id} and s.subject_key = m.key`;
}
