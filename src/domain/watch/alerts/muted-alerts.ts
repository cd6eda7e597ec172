import { and, eq } from "drizzle-orm";
import { alerts } from "@/db/schema";
import type { MutedAlerts } from "@/domain/fleet/board/picture";
import type { Ctx } from "@/domain/kernel";
import { firingAlerts } from "@/domain/watch/silences/firing-alerts";
import { silencedAlertIds } from "@/domain/watch/silences/open-silences";
import { inhibitedAlertIds } from "./list-inhibited";

/** Which firing alerts are muted: another one speaks for them, a silence keeps them quiet, or somebody snoozed them. */
export async function mutedAlerts(ctx: Ctx): Promise<MutedAlerts> {
  let read: ReturnType<typeof firingAlerts> | undefined;
  const once = () => {
    read ??= firingAlerts(ctx);
    return read;
  };
  const silenced = await silencedAlertIds(ctx, once);
  const inhibited = await inhibitedAlertIds(ctx, once);
  // Read last: what ended while the others were asked must not look as if it called somebody now.
  const rows = await ctx.db.orm
    .select({ id: alerts.id, snoozedUntil: alerts.snoozedUntil })
    .from(alerts)
    .where(and(eq(alerts.accountId, ctx.account), eq(alerts.state, "firing")));
  const now = ctx.clock.now();
  const snoozed = rows.filter(({ snoozedUntil }) => snoozedUntil !== null && snoozedUntil > now);
  return {
    firing: new Set(rows.map(({ id }) => id)),
    muted: new Set([...silenced, ...inhibited, ...snoozed.map(({ id }) => id)]),
  };
}
