import type { TimeWindow } from "./time-window";
import { type Day, dayOf, instantsOf, wallOf, weekdayOf } from "./wall-clock";

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** One coming of a window, in ms of the epoch, the end not included. */
type Span = { from: number; to: number };

const mostKept = 5_000;
const kept = new Map<string, Span>();

/**
 * The coming of the window that begins on that day. Where the clock is put back it lasts from the first time that the
 * wall reads `from` to the last time that it reads `to`, so it never breaks in two; where the clock is put forward
 * over an edge, the edge is the moment of the change.
 */
function spanOn({ zone, from, to }: TimeWindow, day: Day): Span {
  const key = `${zone} ${day} ${from} ${to}`;
  const known = kept.get(key);
  if (known) return known;
  const begins = day * dayMs + sinceMidnight(from);
  const ends = day * dayMs + sinceMidnight(to) + (to <= from ? dayMs : 0);
  const span = { from: instantsOf(zone, begins).first, to: instantsOf(zone, ends).last };
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, span);
  return span;
}

function sinceMidnight(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return (hour * 60 + minute) * minuteMs;
}

/** Comings that begin from `firstDay` to `lastDay` beside the day that the wall shows at `atMs`, in order. */
function* spans(window: TimeWindow, atMs: number, firstDay: number, lastDay: number): Generator<Span> {
  const today = dayOf(wallOf(window.zone, atMs));
  for (let day = today + firstDay; day <= today + lastDay; day++) {
    if (!window.days.includes(weekdayOf(day))) continue;
    const span = spanOn(window, day);
    if (span.to > span.from) yield span;
  }
}

/** Whether the moment lies within these hours. The end is not part of them. */
export function inWindow(window: TimeWindow, at: Date): boolean {
  return spanAt(window, at.getTime()) !== null;
}

function spanAt(window: TimeWindow, atMs: number): Span | null {
  for (const span of spans(window, atMs, -2, 1)) if (span.from <= atMs && atMs < span.to) return span;
  return null;
}

/**
 * When the hours that hold `at` end; `at` itself when it lies outside. Comings that touch each other count as one, up
 * to a week: hours that never end answer a moment about a week away.
 */
export function windowEndsAt(window: TimeWindow, at: Date): Date {
  const atMs = at.getTime();
  let end = atMs;
  for (const span of spans(window, atMs, -2, 7)) if (span.from <= end && end < span.to) end = span.to;
  return new Date(end);
}

/** When these hours begin next, after `at`; null when they do not within three weeks (hours that no clock shows). */
export function nextWindowStart(window: TimeWindow, at: Date): Date | null {
  const atMs = at.getTime();
  for (const span of spans(window, atMs, -1, 21)) if (span.from > atMs) return new Date(span.from);
  return null;
}

/** When the last of the windows that hold `at` ends; null when none holds it. */
export function quietUntil(windows: readonly TimeWindow[], at: Date): Date | null {
  let end: Date | null = null;
  for (const window of windows) {
    if (!inWindow(window, at)) continue;
    const ends = windowEndsAt(window, at);
    if (!end || ends > end) end = ends;
  }
  return end;
}
