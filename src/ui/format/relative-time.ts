import { shortDuration } from "./duration";
import { calendarDate } from "./exact-time";
import { type Instant, noValue, toMs } from "./instant";

const longAgoMs = 30 * 86_400_000;

/** Whether a moment is told by its date: "in" and "ago" do not go with one. */
export const isToldByDate = (at: Instant, nowMs: number): boolean => Math.abs(nowMs - toMs(at)) >= longAgoMs;

/**
 * How long ago (or ahead) in one unit: "3 s", "5 min", "2 h", "3 d", and from 30 days on the date.
 * A moment slightly ahead of `nowMs` counts as now: two clocks never agree to the millisecond.
 */
export function relativeTime(at: Instant, nowMs: number): string {
  const ms = toMs(at);
  if (!Number.isFinite(ms)) return noValue;
  const distance = Math.abs(nowMs - ms);
  return distance >= longAgoMs ? calendarDate(ms) : shortDuration(distance < 1000 ? 0 : distance);
}
