import type { Alert } from "@/contracts/watch/alert";
import type { AlertOutcome } from "@/contracts/watch/several-alerts";
import { type Ctx, conflict, demand } from "@/domain/kernel";
import { durationText } from "../duration-text";
import { type AlertAct, actOnAlert, actOnAlerts, demandFiring, outcomeOf } from "./act-on-alerts";

type Wish = { note?: string | null | undefined; takeOver?: boolean | undefined };

/**
 * Says that somebody is on it, until the alert resolves. Repeated by the owner it changes nothing, or the note. What
 * somebody else has is refused (`conflict`, with who) unless the wish says `takeOver`.
 */
export async function acknowledgeAlert(ctx: Ctx, { id, ...wish }: Wish & { id: string }): Promise<Alert> {
  demand(ctx, "alerts:operate");
  return actOnAlert(ctx, id, acknowledging(ctx, wish));
}

/** The same for several: what became of each. */
export async function acknowledgeAlerts(
  ctx: Ctx,
  { ids, ...wish }: Wish & { ids: readonly string[] },
): Promise<AlertOutcome[]> {
  demand(ctx, "alerts:operate");
  return (await actOnAlerts(ctx, ids, acknowledging(ctx, wish))).map(outcomeOf);
}

/** The act itself; `data` goes with its fact. Demands no permission: a signed link acts too. */
export function acknowledging(ctx: Ctx, { note, takeOver }: Wish, data?: Record<string, unknown>): AlertAct {
  return (row) => {
    demandFiring(row, "acknowledge");
    const now = ctx.clock.now();
    const mine = row.acknowledgedBy === ctx.actor.name;
    if (row.acknowledgedBy !== null && !mine && !takeOver) {
      const agoMs = row.acknowledgedAt ? now.getTime() - row.acknowledgedAt.getTime() : 0;
      const ago = agoMs < 1_000 ? "just now" : `${durationText(agoMs)} ago`;
      throw conflict(`${row.acknowledgedBy} acknowledged it ${ago}. Take it over if you mean to.`, {
        acknowledgedBy: row.acknowledgedBy,
        acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
      });
    }
    const wordsStay = note === undefined || note === null || note === row.acknowledgedNote;
    if (mine && wordsStay) return null;
    return {
      kind: "alert.acknowledged",
      reason: note ?? null,
      set: {
        acknowledgedBy: ctx.actor.name,
        acknowledgedAt: mine ? row.acknowledgedAt : now,
        acknowledgedNote: note ?? null,
      },
      ...(data ? { data } : {}),
    };
  };
}
