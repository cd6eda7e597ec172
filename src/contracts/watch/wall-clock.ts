const dayMs = 86_400_000;

/** A day of the calendar, counted from 1970-01-01: a number has no zone and no clock change. */
export type Day = number;
export const dayOf = (wallMs: number): Day => Math.floor(wallMs / dayMs);
/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

const mostKept = 700;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  if (formats.size >= mostKept) formats.clear();
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, made);
  return made;
}

/** What the clock on the wall of `zone` reads at the instant, written as if it were UTC. */
export function wallOf(zone: string, atMs: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(atMs)) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((atMs % 1_000) + 1_000) % 1_000);
}

/**
 * When the wall of `zone` reads `wallMs`: the first and the last time. They differ where the clock is put back. Where
 * it is put forward over it, both are the moment of the change.
 */
export function instantsOf(zone: string, wallMs: number): { first: number; last: number } {
  const offset = (atMs: number) => wallOf(zone, atMs) - atMs;
  const before = offset(wallMs - dayMs);
  const after = offset(wallMs + dayMs);
  const found = [wallMs - before, wallMs - after].filter((atMs) => wallOf(zone, atMs) === wallMs);
  if (found.length > 0) return { first: Math.min(...found), last: Math.max(...found) };
  let low = wallMs - dayMs;
  let high = wallMs + dayMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === before) low = middle;
    else high = middle;
  }
  return { first: high, last: high };
}
