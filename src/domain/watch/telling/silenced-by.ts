import type { Labels, Matcher } from "@/contracts/watch/matcher";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { inWindow, windowEndsAt } from "@/contracts/watch/window-times";
import { matches } from "./matches";

/** What of a silence decides whom it keeps quiet, and when. A row of `silences` is one. */
export type SilenceHours = {
  matchers: readonly Matcher[];
  startsAt: Date;
  /** Null only with a schedule. */
  endsAt: Date | null;
  endedAt: Date | null;
  schedule: TimeWindow | null;
};

/** When the quiet that holds at this moment ends by itself; null when the silence is not in force now. */
export function silenceUntil(silence: SilenceHours, at: Date): Date | null {
  const { startsAt, endsAt, endedAt, schedule } = silence;
  if (startsAt > at || (endsAt && endsAt <= at) || (endedAt && endedAt <= at)) return null;
  if (!schedule) return endsAt;
  if (!inWindow(schedule, at)) return null;
  const ends = windowEndsAt(schedule, at);
  return endsAt && endsAt < ends ? endsAt : ends;
}

/** The silence that keeps these labels quiet for longest at this moment, and until when; null when none does. */
export function silencedBy<One extends SilenceHours>(
  silences: readonly One[],
  labels: Labels,
  at: Date,
): { silence: One; until: Date } | null {
  let longest: { silence: One; until: Date } | null = null;
  for (const silence of silences) {
    const until = silenceUntil(silence, at);
    if (!until || (longest && until <= longest.until)) continue;
    if (matches(silence.matchers, labels)) longest = { silence, until };
  }
  return longest;
}
