import type { Labels } from "@/contracts/watch/matcher";
import { matches, valuesOf } from "../matches";
import { type ActiveInhibition, held, type TellableAlert, type Verdict } from "./stage";

const same = (labels: readonly string[], a: Labels, b: Labels) =>
  labels.every((label) => textOf(a, label) === textOf(b, label));
const textOf = (labels: Labels, label: string) => JSON.stringify([...valuesOf(labels, label)].sort());

/**
 * The stage: muted while one that fits the source fires and has the same values of `equal`. Two that fit both sides do
 * not mute each other, else neither would ever be told.
 */
export function inhibit(
  alert: Pick<TellableAlert, "id" | "labels">,
  inhibitions: readonly ActiveInhibition[],
): Verdict | null {
  for (const { inhibition, sources } of inhibitions) {
    if (sources.length === 0 || !matches(inhibition.target, alert.labels)) continue;
    const both = matches(inhibition.source, alert.labels);
    const source = sources.find(
      ({ id, labels }) =>
        id !== alert.id &&
        !(both && matches(inhibition.target, labels)) &&
        same(inhibition.equal, labels, alert.labels),
    );
    if (source) return held("inhibit", `Muted by ${inhibition.name}, while ${source.title} fires`, null);
  }
  return null;
}
