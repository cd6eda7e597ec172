import type { Labels } from "@/contracts/watch/matcher";
import type { Inhibition } from "@/contracts/watch/policy";
import { mostAheadMs } from "../../most-ahead";
import { matches, valuesOf } from "../matches";
import { comeBackUntilMs } from "./come-back";
import { isOfMany, speaksFor } from "./speaks-for";
import { type ActiveInhibition, held, type Source, type TellableAlert, type Verdict } from "./stage";

type Muteable = Pick<TellableAlert, "id" | "labels" | "agentId" | "watched">;

/** The values of these labels, as one text: two alerts with the same have them all in common. */
export const valuesKey = (labels: Labels, of: readonly string[]): string =>
  JSON.stringify(of.map((label) => [...valuesOf(labels, label)].sort()));

const keysOfSources = new WeakMap<Inhibition, WeakMap<Source, string>>();

/** Kept, since thousands of alerts are held against the same hundreds of sources. */
function keyOfSource(source: Source, inhibition: Inhibition): string {
  const keys = keysOfSources.get(inhibition) ?? new WeakMap<Source, string>();
  keysOfSources.set(inhibition, keys);
  const key = keys.get(source) ?? valuesKey(source.labels, inhibition.equal);
  keys.set(source, key);
  return key;
}

/**
 * What mutes an alert with these labels: an inhibition and one of the sources that count, that fits, with the same
 * values of `equal`. One about many agents mutes only what is about them. Two that fit both sides do not mute each
 * other, else neither would ever be told.
 */
export function inhibitorOf(
  alert: Muteable,
  inhibitions: readonly ActiveInhibition[],
  counts = (source: Source) => source.endedAtMs === null,
): { inhibition: Inhibition; source: Source } | null {
  for (const { inhibition, sources } of inhibitions) {
    if (sources.length === 0 || !matches(inhibition.target, alert.labels)) continue;
    const both = matches(inhibition.source, alert.labels);
    const key = valuesKey(alert.labels, inhibition.equal);
    const source = sources.find(
      (one) =>
        keyOfSource(one, inhibition) === key &&
        one.id !== alert.id &&
        counts(one) &&
        !(both && matches(inhibition.target, one.labels)) &&
        (!isOfMany(one.labels) || speaksFor(one.watched, alert)),
    );
    if (source) return { inhibition, source };
  }
  return null;
}

/**
 * What mutes an alert at that moment, for as long as it fires (`until` is null) and until those who come back after that
 * are back. What recovers mutes no more: it may not have been told itself, and then nobody would hear of anything.
 */
export function mutedBy(
  alert: Muteable & Pick<TellableAlert, "sinceMs">,
  inhibitions: readonly ActiveInhibition[],
  at: Date,
): { inhibition: Inhibition; source: Source; until: Date | null } | null {
  const found = inhibitorOf(alert, inhibitions);
  if (found) return { ...found, until: null };
  const atMs = at.getTime();
  const before = inhibitorOf(alert, inhibitions, (source) => {
    const untilMs = comeBackUntilMs(source) ?? atMs;
    return fellBefore(source, alert) && (source.endedAtMs ?? 0) <= atMs + mostAheadMs && atMs < untilMs;
  });
  return before && { ...before, until: new Date(comeBackUntilMs(before.source) ?? atMs) };
}

/** Whether the end of this alert is one of those for which telling waits after the end of a source. */
export function isReturn(
  alert: Muteable & Pick<TellableAlert, "sinceMs">,
  { inhibition }: Pick<ActiveInhibition, "inhibition">,
  source: Source,
): boolean {
  if (alert.agentId === null || !fellBefore(source, alert)) return false;
  return inhibitorOf(alert, [{ inhibition, sources: [source] }], () => true) !== null;
}

/** It fell before the end of what is about many, so it may come back with the others. */
function fellBefore({ labels, endedAtMs }: Source, { sinceMs }: Pick<TellableAlert, "sinceMs">): boolean {
  return endedAtMs !== null && isOfMany(labels) && sinceMs <= endedAtMs;
}

/** The stage: held while something mutes it. */
export function inhibit(...asked: Parameters<typeof mutedBy>): Verdict | null {
  const found = mutedBy(...asked);
  if (!found) return null;
  const { inhibition, source, until } = found;
  // The moment moves with each that comes back: it is no news of this alert.
  return until
    ? held("inhibit", `${source.title} is over: told unless it comes back as well`, null, until)
    : held("inhibit", `Muted by “${inhibition.name}” while ${source.title} fires`, null);
}
