import type { Labels } from "@/contracts/watch/matcher";
import type { Inhibition } from "@/contracts/watch/policy";
import { matches, valuesOf } from "../matches";
import { type ActiveInhibition, held, type Source, type TellableAlert, type Verdict } from "./stage";

const same = (labels: readonly string[], a: Labels, b: Labels) =>
  labels.every((label) => textOf(a, label) === textOf(b, label));
const textOf = (labels: Labels, label: string) => JSON.stringify([...valuesOf(labels, label)].sort());

/**
 * What mutes an alert with these labels: an inhibition and the one that fires and fits its source, with the same
 * values of `equal`. Two that fit both sides do not mute each other, else neither would ever be told.
 */
export function inhibitorOf(
  alert: Pick<TellableAlert, "id" | "labels">,
  inhibitions: readonly ActiveInhibition[],
): { inhibition: Inhibition; source: Source } | null {
  for (const { inhibition, sources } of inhibitions) {
    if (sources.length === 0 || !matches(inhibition.target, alert.labels)) continue;
    const both = matches(inhibition.source, alert.labels);
    const source = sources.find(
      ({ id, labels }) =>
        id !== alert.id &&
        !(both && matches(inhibition.target, labels)) &&
        same(inhibition.equal, labels, alert.labels),
    );
    if (source) return { inhibition, source };
  }
  return null;
}

/** The stage: held for as long as what mutes it fires. */
export function inhibit(
  alert: Pick<TellableAlert, "id" | "labels">,
  inhibitions: readonly ActiveInhibition[],
): Verdict | null {
  const found = inhibitorOf(alert, inhibitions);
  if (!found) return null;
  return held("inhibit", `Muted by “${found.inhibition.name}” while ${found.source.title} fires`, null);
}
