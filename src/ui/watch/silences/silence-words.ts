import type { Silence } from "@/contracts/watch/silence";
import { shortDuration } from "../../format/duration";
import { shortClockTime } from "../../format/exact-time";
import { dayAndClock, untilWords } from "../until-words";

/**
 * How long a silence still holds, or when it comes: "until 16:00, 52 min left", "begins tomorrow 22:00, in 9 h",
 * "until somebody ends it", "ended 14:03 by Mira".
 */
export function silenceTime(silence: Silence, nowMs: number): string {
  const clock = (at: string | null) => (at === null ? "" : shortClockTime(at));
  if (silence.endedAt !== null) {
    const at = Date.parse(silence.endedAt);
    return `ended ${dayAndClock(at, nowMs, clock(silence.endedAt))}${silence.endedBy ? ` by ${silence.endedBy}` : ""}`;
  }
  if (silence.state === "ended" && silence.endsAt !== null) {
    return `ended ${dayAndClock(Date.parse(silence.endsAt), nowMs, clock(silence.endsAt))}`;
  }
  const startsMs = Date.parse(silence.startsAt);
  if (startsMs > nowMs) {
    return `begins ${dayAndClock(startsMs, nowMs, clock(silence.startsAt))}, in ${shortDuration(startsMs - nowMs)}`;
  }
  const until = silence.state === "active" ? (silence.activeUntil ?? silence.endsAt) : silence.endsAt;
  if (until === null) return "until somebody ends it";
  return `until ${untilWords(Date.parse(until), nowMs, clock(until))}`;
}

/** When the server's own word for a silence will be another one, in ms of the epoch; null: not by time. */
export function nextTurn(silence: Silence, nextStart: Date | null): number | null {
  if (silence.state === "ended") return null;
  const moments = [silence.startsAt, silence.activeUntil, silence.endsAt].flatMap((at) =>
    at ? [Date.parse(at)] : [],
  );
  if (nextStart) moments.push(nextStart.getTime());
  return moments.length === 0 ? null : Math.min(...moments);
}
