import { and, desc, eq } from "drizzle-orm";
import type { Alert } from "@/contracts/watch/alert";
import type { Labels } from "@/contracts/watch/matcher";
import type { Tx } from "@/db/client";
import { alerts } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { alertOf, labelsOf } from "@/domain/watch/alerts/view";

/** A firing alert with the labels that matchers look at. */
export type LabelledAlert = { alert: Alert; labels: Labels };

/** Every firing alert of the account, newest first: one query, whatever they are held against afterwards. */
export async function firingAlerts(
  ctx: Ctx,
  tx: Tx | Ctx["db"]["orm"] = ctx.db.orm,
): Promise<LabelledAlert[]> {
  const rows = await tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.accountId, ctx.account), eq(alerts.state, "firing")))
    .orderBy(desc(alerts.firedAt), desc(alerts.id));
  return rows.map((row) => {
    const alert = alertOf(row);
    return { alert, labels: labelsOf(alert) };
  });
}
