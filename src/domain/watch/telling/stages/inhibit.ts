import type { Labels } from "@/contracts/watch/matcher";
import type { Inhibition } from "@/contracts/watch/policy";
import { matches, valuesOf } from "../matches";
import { isOfMany, speaksFor } from "./speaks-for";
import { type ActiveInhibition, held, type Source, type TellableAlert, type Verdict } from "./stage";

type Muteable = Pick<TellableAlert, "id" | "labels" | "agentId" | "watched">;

const same = (labels: readonly string[], a: Labels, b: Labels) =>
  labels.every((label) => textOf(a, label) === textOf(b, label));
const textOf = (labels: Labels, label: string) => JSON.stringify([...valuesOf(labels, label)].sort());

/**
 * What mutes an alert with these labels: an inhibition and the one that fires and fits its source, with the same
 * values of `equal`. One about many agents mutes only what is about them. Two that fit both sides do not mute each
 * other, else neither would ever be told.
 */
export function inhibitorOf(
  alert: Muteable,
  inhibitions: readonly ActiveInhibition[],
): { inhibition: Inhibition; source: Source } | null {
  for (const { inhibition, sources } of inhibitions) {
    if (sources.length === 0 || !matches(inhibition.target, alert.labels)) continue;
    const both = matches(inhibition.source, alert.labels);
    const source = sources.find(
      ({ id, labels, watched }) =>
        id !== alert.id &&
        !(both && matches(inhibition.target, labels)) &&
        same(inhibition.equal, labels, alert.labels) &&
        (!isOfMany(labels) || speaksFor(watched, alert)),
    );
    if (source) return { inhibition, source };
  }
  return null;
}

/** The stage: held for as long as what mutes it fires. */
export function inhibit(alert: Muteable, inhibitions: readonly ActiveInhibition[]): Verdict | null {
  const found = inhibitorOf(alert, inhibitions);
  if (!found) return null;
  return held("inhibit", `Muted by “${found.inhibition.name}” while ${found.source.title} fires`, null);
}
