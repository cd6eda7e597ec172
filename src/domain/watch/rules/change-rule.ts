import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { changeRuleSchema, Rule } from "@/contracts/watch/rule";
import { rules } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { resolveAlertsOfRule } from "../alerts/resolve-of-rule";
import { inScope } from "./decide";
import { demandChannels, lockRule } from "./find";
import { ruleOf } from "./view";

/**
 * Changes a rule; absent fields stay. Alerts that the changed rule would not have fired are resolved in the same
 * transaction, and told where their firing was told: switching a rule off must not leave an alarm that never ends.
 */
export function changeRule(ctx: Ctx, { id, ...wish }: z.output<typeof changeRuleSchema>): Promise<Rule> {
  demand(ctx, "rules:manage");
  return transact(ctx, async (unit) => {
    const { tx, record } = unit;
    const row = await lockRule(ctx, tx, id);
    const before = ruleOf(row);
    if (wish.channelIds) await demandChannels(ctx, tx, wish.channelIds);
    const after: Rule = {
      ...before,
      name: wish.name ?? before.name,
      scope: wish.scope ?? before.scope,
      severity: wish.severity ?? before.severity,
      enabled: wish.enabled ?? before.enabled,
      channelIds: wish.channelIds ? [...new Set(wish.channelIds)] : before.channelIds,
    };
    const { name, scope, severity, enabled, channelIds } = after;
    await tx.update(rules).set({ name, scope, severity, enabled, channelIds }).where(eq(rules.id, id));
    const changed = Object.fromEntries(
      Object.entries(after).filter(
        ([field, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, field)),
      ),
    );
    if (Object.keys(changed).length === 0) return before;
    const old = Object.fromEntries(Object.keys(changed).map((field) => [field, Reflect.get(before, field)]));
    record({ kind: "rule.changed", target: { kind: "rule", id, name }, before: old, after: changed });
    if (!enabled)
      await resolveAlertsOfRule(ctx, unit, id, () => true, `The rule was switched off by ${ctx.actor.name}`);
    else if (wish.scope) {
      const leaves = (agent: { group: string | null; tags: string[] }) => !inScope(scope, agent);
      await resolveAlertsOfRule(
        ctx,
        unit,
        id,
        leaves,
        `No longer watched: ${ctx.actor.name} changed the rule`,
      );
    }
    return after;
  });
}
