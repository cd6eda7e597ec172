import { formatDuration, shortDuration } from "../format/duration";
import { calendarDate, clockTime, shortClockTime } from "../format/exact-time";

const dayMs = 86_400_000;
/** Within the hour the second matters: it is what somebody who is awake races against. */
const byTheSecondMs = 3_600_000;
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** "16:00", "tomorrow 8:00", "Tue 8:00", "12 Mar 2026 8:00": the day only where it is not today's. `clock`: "16:00". */
export function dayAndClock(ms: number, nowMs: number, clock: string): string {
  const at = new Date(ms);
  const now = new Date(nowMs);
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(at) - midnight(now)) / dayMs);
  if (days === 0) return clock;
  if (days === 1) return `tomorrow ${clock}`;
  if (days > 1 && days < 7) return `${weekdays[at.getDay()]} ${clock}`;
  return `${calendarDate(ms)} ${clock}`;
}

/** How much is left: in minutes below an hour, then with a second unit, since "1 h" of nearly two is not true. */
const leftWords = (ms: number) => (ms < 3_600_000 ? shortDuration(ms) : formatDuration(ms));

/** "16:00, 52 min left", "Tue 8:00, 2 d 14 h left"; what is past only says when it was. */
export function untilWords(ms: number, nowMs: number, clock: string): string {
  const said = dayAndClock(ms, nowMs, clock);
  return ms > nowMs ? `${said}, ${leftWords(ms - nowMs)} left` : said;
}

/** The clock of a story: "16:00:31" for what is past or comes within the hour, "18:00" for what is further away. */
export const clockByDistance = (ms: number, nowMs: number): string =>
  ms - nowMs < byTheSecondMs ? clockTime(ms) : shortClockTime(ms);
