import type { Ctx, Unit } from "@/domain/kernel";
import { lookAtCalmed, lookAtRelapsed } from "../telling/notifier/plan-looks";
import { insertAlerts } from "./fire";
import type { Outcome } from "./fold";
import { endAlerts, markFlapping, recordFlapping, recordResolved } from "./resolve";
import { type AlertRow, alertTarget } from "./view";
import { writeEpisodes } from "./write-episodes";

/** Writes what a batch comes to: alerts, where episodes stand, and the facts of it in the order in which it happened. */
export async function writeOutcome(ctx: Ctx, unit: Unit, outcome: Outcome): Promise<void> {
  // Ends come first: the unique index allows one firing alert of a rule and subject.
  const known = new Map<string, AlertRow>();
  const keep = (rows: readonly AlertRow[]) => rows.forEach((row) => void known.set(row.id, row));
  const flapping = (is: boolean) => [...outcome.flaps].flatMap(([id, flaps]) => (flaps === is ? [id] : []));
  keep(await markFlapping(unit, flapping(true), true));
  keep(await markFlapping(unit, flapping(false), false));
  const ended = await endAlerts(unit, [...outcome.endings.values()]);
  keep(ended);
  const fresh = [...outcome.fired.values()];
  keep(fresh);
  const goOn = await insertAlerts(unit, fresh);
  for (const episode of outcome.moved) {
    const instead = episode.alertId && goOn.get(episode.alertId);
    if (instead) episode.alertId = instead;
  }
  await writeEpisodes(ctx, unit, [...outcome.moved]);
  await lookAtCalmed(
    unit,
    ctx,
    [...outcome.calmed].filter((id) => !outcome.endings.has(id)),
  );
  await lookAtRelapsed(unit, ctx, [...outcome.relapsed]);
  record(unit, outcome, known, new Set([...ended.map(({ id }) => id), ...outcome.fired.keys()]), goOn);
}

function record(
  unit: Unit,
  { events }: Outcome,
  known: ReadonlyMap<string, AlertRow>,
  ends: ReadonlySet<string>,
  goOn: ReadonlyMap<string, string>,
): void {
  for (const event of events) {
    const alertId = event.kind === "fired" ? event.row.id : event.alertId;
    const row = known.get(alertId);
    if (!row || goOn.has(alertId)) continue;
    if (event.kind === "fired") {
      const { agentId, ruleId } = row;
      unit.record({
        kind: "alert.fired",
        target: alertTarget(row),
        after: event.after,
        data: { agentId, ruleId },
      });
    } else if (event.kind === "resolved") {
      if (ends.has(alertId)) recordResolved(unit, row);
    } else recordFlapping(unit, row, event.flapping);
  }
}
