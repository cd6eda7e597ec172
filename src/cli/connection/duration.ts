import { InvalidArgumentError } from "commander";
import { durationMsOf } from "@/contracts/watch/exact-duration";

/** A century: what is added to a moment has to stay one. */
const mostMs = 100 * 365 * 86_400_000;

/** What to give, for whoever gave something else. */
export const durationWords = "Give a duration such as 90s, 30m, 2h or 14d.";

/** Milliseconds of `90s`, `10m` or `1h30m`; null for what is none, and for more than a century. */
export function durationOf(text: string): number | null {
  const ms = durationMsOf(text);
  return ms === null || ms > mostMs ? null : ms;
}

/** Reads a duration of an option, which may not be shorter than `leastMs`; of anything else it says what may be given. */
export const duration =
  (leastMs = 0) =>
  (text: string): number => {
    const ms = durationOf(text);
    if (ms === null || ms < leastMs) throw new InvalidArgumentError(durationWords);
    return ms;
  };
