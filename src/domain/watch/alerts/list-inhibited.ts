import type { InhibitedAlerts } from "@/contracts/watch/alert-list";
import { type Ctx, demand } from "@/domain/kernel";
import { firingAlerts } from "@/domain/watch/silences/firing-alerts";
import { readSetting } from "@/domain/watch/telling/notifier/setting";
import { inhibitorOf } from "@/domain/watch/telling/stages/inhibit";

/** As with silences: more are not drawn at once. */
const mostNamed = 500;

/** Firing alerts that are not told now because another one speaks for them, by what does. */
export async function listInhibited(ctx: Ctx): Promise<InhibitedAlerts[]> {
  demand(ctx, "board:read");
  const { rules, world } = await readSetting(ctx, ctx.db.orm);
  const { inhibitions } = world;
  if (inhibitions.every(({ sources }) => sources.length === 0)) return [];
  const items = new Map<string, InhibitedAlerts>();
  for (const alert of await firingAlerts(ctx)) {
    const watched = rules.get(alert.ruleId)?.watched ?? null;
    const found = inhibitorOf({ ...alert, watched }, inhibitions);
    if (!found) continue;
    const { inhibition, source } = found;
    const key = `${inhibition.id} ${source.id}`;
    const item = items.get(key) ?? { by: inhibition.name, source: source.title, matching: 0, fits: [] };
    items.set(key, item);
    item.matching++;
    if (item.fits.length < mostNamed) item.fits.push(alert.id);
  }
  return [...items.values()];
}
