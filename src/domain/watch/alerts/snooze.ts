import type { Alert } from "@/contracts/watch/alert";
import type { AlertOutcome } from "@/contracts/watch/several-alerts";
import { type Ctx, demand } from "@/domain/kernel";
import { type AlertAct, actOnAlert, actOnAlerts, demandFiring, outcomeOf } from "./act-on-alerts";

/**
 * Nobody is told of the alert for `forMs`; if it still fires then, it is told again. A new snooze replaces the old one,
 * null ends it.
 */
export async function snoozeAlert(
  ctx: Ctx,
  { id, forMs }: { id: string; forMs: number | null },
): Promise<Alert> {
  demand(ctx, "alerts:operate");
  return actOnAlert(ctx, id, snoozing(ctx, forMs));
}

/** The same for several: what became of each. */
export async function snoozeAlerts(
  ctx: Ctx,
  { ids, forMs }: { ids: readonly string[]; forMs: number | null },
): Promise<AlertOutcome[]> {
  demand(ctx, "alerts:operate");
  return (await actOnAlerts(ctx, ids, snoozing(ctx, forMs))).map(outcomeOf);
}

function snoozing(ctx: Ctx, forMs: number | null): AlertAct {
  return (row) => {
    demandFiring(row, "snooze");
    const now = ctx.clock.now();
    if (forMs === null) {
      // One that ran out by itself is over already.
      if (row.snoozedUntil === null || row.snoozedUntil <= now) return null;
      return { kind: "alert.snoozed", set: { snoozedUntil: null, snoozedBy: null } };
    }
    const until = new Date(now.getTime() + forMs);
    if (row.snoozedUntil?.getTime() === until.getTime() && row.snoozedBy === ctx.actor.name) return null;
    return { kind: "alert.snoozed", set: { snoozedUntil: until, snoozedBy: ctx.actor.name } };
  };
}
