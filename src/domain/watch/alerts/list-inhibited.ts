import { and, eq, ne } from "drizzle-orm";
import { type InhibitedAlerts, mostNamed } from "@/contracts/watch/alert-list";
import { alerts, notificationAlerts, notifications } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { firingAlerts } from "@/domain/watch/silences/firing-alerts";
import { readSetting } from "@/domain/watch/telling/notifier/setting";
import { mutedBy } from "@/domain/watch/telling/stages/inhibit";

/** Firing alerts of which nobody was told because another one speaks for them, by what does. */
export async function listInhibited(ctx: Ctx): Promise<InhibitedAlerts[]> {
  demand(ctx, "board:read");
  const items = new Map<string, InhibitedAlerts>();
  for (const { id, inhibition, source, until } of await inhibitedNow(ctx)) {
    const key = `${inhibition.id} ${source.id}`;
    const item = items.get(key) ?? {
      by: inhibition.name,
      source: source.title,
      until: until?.toISOString() ?? null,
      matching: 0,
      fits: [],
    };
    items.set(key, item);
    item.matching++;
    if (item.fits.length < mostNamed) item.fits.push(id);
  }
  return [...items.values()];
}

/** Ids of the same alerts, all of them. `readFiring`: where somebody needs what fires as well. */
export async function inhibitedAlertIds(ctx: Ctx, readFiring = () => firingAlerts(ctx)): Promise<string[]> {
  return (await inhibitedNow(ctx, readFiring)).map(({ id }) => id);
}

/** The most severe and newest first, each with what speaks for it. */
async function inhibitedNow(ctx: Ctx, readFiring = () => firingAlerts(ctx)) {
  const { rules, world } = await readSetting(ctx, ctx.db.orm);
  const { inhibitions } = world;
  if (inhibitions.every(({ sources }) => sources.length === 0)) return [];
  const [firing, told] = await Promise.all([readFiring(), toldOfFiring(ctx)]);
  const at = ctx.clock.now();
  return firing.flatMap((alert) => {
    if (told.has(alert.id)) return [];
    const watched = rules.get(alert.ruleId)?.watched ?? null;
    const found = mutedBy({ ...alert, watched }, inhibitions, at);
    return found ? [{ id: alert.id, ...found }] : [];
  });
}

/** Firing alerts that a channel heard of, or will: a message that was given up told nobody. */
async function toldOfFiring(ctx: Ctx): Promise<Set<string>> {
  const rows = await ctx.db.orm
    .selectDistinct({ id: alerts.id })
    .from(alerts)
    .innerJoin(notificationAlerts, eq(notificationAlerts.alertId, alerts.id))
    .innerJoin(notifications, eq(notifications.id, notificationAlerts.notificationId))
    .where(
      and(
        eq(alerts.accountId, ctx.account),
        eq(alerts.state, "firing"),
        eq(notificationAlerts.as, "firing"),
        ne(notifications.state, "dead"),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
