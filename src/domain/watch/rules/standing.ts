import type { EpisodeState } from "@/contracts/watch/alert";
import type { Condition } from "@/contracts/watch/condition";
import type { RuleDraft } from "@/contracts/watch/rule";
import type { Observation } from "../observe/observation";

/** What of a rule the judgement looks at. */
export type Timing = Pick<
  RuleDraft,
  "condition" | "forMs" | "recoverMs" | "noData" | "onError" | "flap" | "enabled"
>;

/** What the judgement looks at of an observation. */
export type Seen = Pick<Observation, "at" | "truth" | "since" | "value" | "summary" | "count" | "final">;

/** Where a rule stands with a subject; no standing at all means that all is well and nothing has to be remembered. */
export type Standing = {
  state: EpisodeState;
  /** When the trouble began, or, recovering, when it ended. */
  since: Date;
  /** The moment of the newest observation in it that told something new: older ones change nothing. */
  changedAt: Date;
  /** When time alone moves it on; null: only an observation does. */
  dueAt: Date | null;
  value: number | null;
  /** What is wrong or, recovering, why it is over. */
  summary: string;
  /** Epoch ms, oldest first: of what is counted, as many as the condition needs. */
  marks: number[];
  /** Epoch ms of firings and all-clears. As many as flap control asks for means: it flaps. */
  flips: number[];
};

type Counted = { count: number; windowMs: number };

/** The bounds of a condition that counts (restarts, lines, failures); null for the others. */
export function countOf(condition: Condition): Counted | null {
  return "windowMs" in condition ? { count: condition.count, windowMs: condition.windowMs } : null;
}

/**
 * Metrics are told a minute at a time, some time after it ended. Only the next minute may move them on: at the moment
 * that five minutes are over nobody knows the fifth yet.
 */
export const movesByObservation = ({ condition }: Timing): boolean => condition.kind === "metric";

/** From the beginning of the trouble to the alert. */
export function delayMs({ condition, forMs }: Timing): number {
  return forMs + ("afterMs" in condition ? condition.afterMs : 0);
}

/** When there will be fewer marks in the window than it takes; null when there are fewer already. */
export function dropMs(timing: Timing, marks: readonly number[]): number | null {
  const counted = countOf(timing.condition);
  const oldest = counted && marks.length >= counted.count ? marks[marks.length - counted.count] : undefined;
  return counted && oldest !== undefined ? oldest + counted.windowMs : null;
}

/** The marks with `count` more at `at`: those that are out of the window or beyond the count fall away. */
export function withMarks(timing: Timing, marks: readonly number[], at: Date, count: number): number[] {
  const counted = countOf(timing.condition);
  if (!counted) return [];
  const inWindow = marks.filter((mark) => mark > at.getTime() - counted.windowMs);
  const more = Array.from({ length: Math.min(count, counted.count) }, () => at.getTime());
  return [...inWindow, ...more].sort((one, other) => one - other).slice(-counted.count);
}

/** Whether it changes so often that it is kept firing, until a whole window has been calm. */
export function isFlapping({ flap }: Pick<Timing, "flap">, flips: readonly number[]): boolean {
  return flap !== null && flips.length >= flap.changes;
}

/** The flips with one more. Those of a flapping subject are not forgotten before a whole window was calm. */
export function withFlip({ flap }: Pick<Timing, "flap">, flips: readonly number[], at: Date): number[] {
  if (!flap) return [];
  const nowMs = at.getTime();
  const lastMs = flips.at(-1);
  const calm = lastMs === undefined || nowMs - lastMs >= flap.windowMs;
  const kept = isFlapping({ flap }, flips) && !calm;
  const old = kept ? flips : flips.filter((flip) => nowMs - flip < flap.windowMs);
  return [...old, nowMs].slice(-flap.changes);
}

/** When the last flip will be a whole window ago; null when there is none. */
export function calmMs({ flap }: Pick<Timing, "flap">, flips: readonly number[]): number | null {
  const lastMs = flips.at(-1);
  return flap && lastMs !== undefined ? lastMs + flap.windowMs : null;
}

const least = (...moments: (number | null)[]): Date | null => pick(Math.min, moments);
const most = (...moments: (number | null)[]): Date | null => pick(Math.max, moments);

function pick(choose: (...values: number[]) => number, moments: (number | null)[]): Date | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : new Date(choose(...known));
}

/** When time alone moves it on, by what it holds. */
export function dueOf(timing: Timing, standing: Omit<Standing, "dueAt">): Date | null {
  const { state, since, marks, flips } = standing;
  const counted = countOf(timing.condition);
  const newest = marks.at(-1);
  const flapEnd = isFlapping(timing, flips) ? calmMs(timing, flips) : null;
  switch (state) {
    case "ok":
      return most(counted && newest !== undefined ? newest + counted.windowMs : null, calmMs(timing, flips));
    case "pending":
      if (movesByObservation(timing)) return null;
      return least(since.getTime() + delayMs(timing), dropMs(timing, marks));
    case "firing":
      return least(dropMs(timing, marks), flapEnd);
    case "recovering":
      return movesByObservation(timing) ? null : most(since.getTime() + timing.recoverMs, flapEnd);
  }
}
