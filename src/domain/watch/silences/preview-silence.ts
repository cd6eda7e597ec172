import { and, desc, eq, inArray } from "drizzle-orm";
import type { Alert } from "@/contracts/watch/alert";
import type { Matcher } from "@/contracts/watch/matcher";
import { alerts } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { alertOf } from "@/domain/watch/alerts/view";
import { matches } from "@/domain/watch/telling";
import { demandPatterns } from "./check-silence";
import { firingAlerts } from "./firing-alerts";

const mostShown = 50;

/** Which firing alerts these matchers fit: how many, and the newest of them. */
export async function previewSilence(
  ctx: Ctx,
  { matchers }: { matchers: readonly Matcher[] },
): Promise<{ matching: number; items: Alert[] }> {
  demand(ctx, "alerts:operate");
  demandPatterns(matchers);
  const fitting = (await firingAlerts(ctx)).filter(({ labels }) => matches(matchers, labels));
  const shown = fitting.slice(0, mostShown).map(({ id }) => id);
  const rows = await ctx.db.orm
    .select()
    .from(alerts)
    .where(and(eq(alerts.accountId, ctx.account), inArray(alerts.id, shown)))
    .orderBy(desc(alerts.firedAt), desc(alerts.id));
  return { matching: fitting.length, items: rows.map(alertOf) };
}
