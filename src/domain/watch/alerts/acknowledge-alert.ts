import { and, eq } from "drizzle-orm";
import type { Alert } from "@/contracts/watch/alert";
import { alerts } from "@/db/schema";
import { type Ctx, conflict, demand, notFound, transact } from "@/domain/kernel";
import { alertOf, alertTarget } from "./view";

/**
 * Says that somebody is on it. The first one stays the owner: a second call changes nothing and answers the alert
 * with the first one's name. Refuses (`conflict`) an alert that has resolved meanwhile.
 */
export function acknowledgeAlert(ctx: Ctx, id: string): Promise<Alert> {
  demand(ctx, "alerts:operate");
  return transact(ctx, async ({ tx, record }) => {
    const [row] = await tx
      .select()
      .from(alerts)
      .where(and(eq(alerts.accountId, ctx.account), eq(alerts.id, id)))
      .for("update");
    if (!row) throw notFound("alert");
    if (row.acknowledgedAt) return alertOf(row);
    if (row.state === "resolved")
      throw conflict("This alert has resolved meanwhile, so there is nothing left to acknowledge.");
    const acknowledged = { acknowledgedBy: ctx.actor.name, acknowledgedAt: ctx.clock.now() };
    await tx.update(alerts).set(acknowledged).where(eq(alerts.id, id));
    const after = alertOf({ ...row, ...acknowledged });
    const { acknowledgedBy, acknowledgedAt } = after;
    record({
      kind: "alert.acknowledged",
      target: alertTarget(row),
      after: { id, acknowledgedBy, acknowledgedAt },
    });
    return after;
  });
}
