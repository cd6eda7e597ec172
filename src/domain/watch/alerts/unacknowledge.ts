import type { Alert } from "@/contracts/watch/alert";
import type { AlertOutcome } from "@/contracts/watch/several-alerts";
import { type Ctx, demand } from "@/domain/kernel";
import { type AlertAct, actOnAlert, actOnAlerts, demandFiring, outcomeOf } from "./act-on-alerts";

/** Nobody is on it any more: it is repeated and escalated again. An alert that nobody has stays as it is. */
export async function unacknowledgeAlert(ctx: Ctx, id: string): Promise<Alert> {
  demand(ctx, "alerts:operate");
  return actOnAlert(ctx, id, unacknowledging);
}

/** The same for several: what became of each. */
export async function unacknowledgeAlerts(ctx: Ctx, ids: readonly string[]): Promise<AlertOutcome[]> {
  demand(ctx, "alerts:operate");
  return (await actOnAlerts(ctx, ids, unacknowledging)).map(outcomeOf);
}

const unacknowledging: AlertAct = (row) => {
  demandFiring(row, "give back");
  if (row.acknowledgedBy === null) return null;
  return {
    kind: "alert.unacknowledged",
    set: { acknowledgedBy: null, acknowledgedAt: null, acknowledgedNote: null },
  };
};
