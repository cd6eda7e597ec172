import { formatDuration } from "../format/duration";
import { clockTime } from "../format/exact-time";
import type { Instant } from "../format/instant";

export type FreshnessState = "live" | "behind" | "reconnecting" | "disconnected";

export interface FreshnessFacts {
  state: FreshnessState;
  /** Measured from agent to screen (live), or how far the page is behind. */
  delayMs?: number | undefined;
  /** Since when the page has heard nothing. */
  dataFrom?: Instant | null | undefined;
  /** Numbers are no longer of now: they are drawn muted. */
  late?: boolean | undefined;
}

/** The pill's words: the strong one, what joins it to the number where there is room, and the number. */
export function freshnessWords({
  state,
  delayMs,
  dataFrom,
}: FreshnessFacts): [strong: string, joint: string, number: string] {
  const delay = delayMs === undefined ? "" : formatDuration(delayMs);
  const from = dataFrom === undefined || dataFrom === null ? "" : clockTime(dataFrom);
  if (state === "live") return ["live", "", delay && ` · ${delay}`];
  if (state === "behind") return [delay ? `behind ${delay}` : "behind", "", ""];
  if (state === "reconnecting") return ["reconnecting", from && ", data from", from && ` ${from}`];
  return ["disconnected", from && " since", from && ` ${from}`];
}

/** What a screen reader is told once, when the state changes: without numbers, which change all the time. */
export const freshnessNews: Record<FreshnessState, string> = {
  live: "The page is live again.",
  behind: "The page is behind: numbers are late.",
  reconnecting: "Connection lost, reconnecting. Numbers are from before.",
  disconnected: "Disconnected. Numbers are old and actions are off.",
};
