import { eq } from "drizzle-orm";
import { rules } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { resolveAlertsOfRule } from "../alerts/resolve-of-rule";
import { lockRule } from "./find";
import { ruleOf } from "./view";

/** Takes a rule away and resolves what it fires, told where the firing was told. Past alerts keep its name. */
export function deleteRule(ctx: Ctx, id: string): Promise<void> {
  demand(ctx, "rules:manage");
  return transact(ctx, async (unit) => {
    const row = await lockRule(ctx, unit.tx, id);
    await unit.tx.update(rules).set({ deletedAt: ctx.clock.now(), enabled: false }).where(eq(rules.id, id));
    unit.record({ kind: "rule.deleted", target: { kind: "rule", id, name: row.name }, before: ruleOf(row) });
    await resolveAlertsOfRule(ctx, unit, id, () => true, `The rule was deleted by ${ctx.actor.name}`);
  });
}
