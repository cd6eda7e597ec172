import type { TimeWindow } from "@/contracts/watch/time-window";
import { inWindow, nextWindowStart, windowEndsAt } from "@/contracts/watch/window-times";
import { shortClockTime, zoneName } from "../../format/exact-time";

export interface Occurrence {
  from: Date;
  to: Date;
}

/** The next comings of these hours within startsAt … endsAt, the one that runs now first. */
export function nextOccurrences(
  window: TimeWindow,
  nowMs: number,
  { startsAt, endsAt }: { startsAt: number; endsAt: number | null },
  most = 3,
): Occurrence[] {
  const found: Occurrence[] = [];
  let at = new Date(Math.max(nowMs, startsAt));
  while (found.length < most) {
    const from = inWindow(window, at) ? at : nextWindowStart(window, at);
    if (from === null || (endsAt !== null && from.getTime() >= endsAt)) break;
    const ends = windowEndsAt(window, from);
    found.push({ from, to: endsAt !== null && ends.getTime() > endsAt ? new Date(endsAt) : ends });
    at = ends.getTime() > at.getTime() ? ends : new Date(at.getTime() + 60_000);
  }
  return found;
}

/** "Sat 14 Mar, 22:00 to 06:00 (Berlin)": by the clock of the window's zone. */
export function occurrenceWords(one: Occurrence, zone: string): string {
  return `${occurrenceTimes(one, zone)} (${zoneName(zone)})`;
}

/** "Sat 14 Mar, 22:00 to 06:00", where the zone was said already. The day of the end only where it is another. */
export function occurrenceTimes({ from, to }: Occurrence, zone: string): string {
  const day = (at: Date) =>
    new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: zone })
      .format(at)
      .replace(",", "");
  const clock = (at: Date) => shortClockTime(at, zone);
  const ends = to.getTime() - from.getTime() > 86_400_000 ? `${day(to)} ${clock(to)}` : clock(to);
  return `${day(from)}, ${clock(from)} to ${ends}`;
}
