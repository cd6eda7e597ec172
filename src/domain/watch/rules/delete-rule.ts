import { type Ctx, demand, transact } from "@/domain/kernel";
import { resolveAlertsOfRule } from "../alerts/resolve-of-rule";
import { lockRule } from "./find";
import { ruleOf, ruleTarget } from "./view";
import { saveVersion } from "./write-rule";

/** Takes a rule away and resolves what it fires. Past alerts keep its name, its versions stay and can be restored. */
export async function deleteRule(ctx: Ctx, id: string): Promise<void> {
  demand(ctx, "rules:manage");
  return transact(ctx, async (unit) => {
    const row = await lockRule(ctx, unit.tx, id);
    const at = ctx.clock.now();
    await saveVersion(
      ctx,
      unit,
      { ...row, version: row.version + 1, changedAt: at, deletedAt: at },
      "deleted",
    );
    unit.record({
      kind: "rule.deleted",
      target: ruleTarget(row),
      before: ruleOf(row),
      data: { ruleId: id, how: "deleted" },
    });
    await resolveAlertsOfRule(ctx, unit, id, () => true, `The rule was deleted by ${ctx.actor.name}`);
  });
}
