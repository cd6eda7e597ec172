import fc from "fast-check";
import { expect, test } from "vitest";
import type { TimeWindow } from "./time-window";
import { inWindow, nextWindowStart, windowEndsAt } from "./window-times";

const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"];
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const night = (from: string, to: string, zone = "Europe/Berlin"): TimeWindow => ({
  days: everyDay,
  from,
  to,
  zone,
});
const at = (text: string) => new Date(text);
const edgesOf = (window: TimeWindow, from: string) => {
  const start = inWindow(window, at(from)) ? at(from) : nextWindowStart(window, at(from));
  return start ? [start.toISOString(), windowEndsAt(window, start).toISOString()] : null;
};

/** Another way to read the wall: by words, not by parts. */
function wall(zone: string, moment: Date): { weekday: number; clock: string } {
  const weekday = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short" }).format(moment);
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "short" }).format(moment);
  return { weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(weekday) + 1, clock };
}

/** What the wall says of a window, without knowing of clock changes. */
function wallSays({ days, from, to, zone }: TimeWindow, moment: Date): boolean {
  const { weekday, clock } = wall(zone, moment);
  const before = ((weekday + 5) % 7) + 1;
  if (from < to) return days.includes(weekday) && clock >= from && clock < to;
  return (days.includes(weekday) && clock >= from) || (days.includes(before) && clock < to);
}

test("a night ends on the next day, and its days are those on which it begins", () => {
  const friday = { ...night("22:00", "06:00"), days: [5] };
  expect(edgesOf(friday, "2026-11-18T00:00:00Z")).toEqual([
    "2026-11-20T21:00:00.000Z",
    "2026-11-21T05:00:00.000Z",
  ]);
  expect(inWindow(friday, at("2026-11-21T04:59:59.999Z"))).toBe(true);
  expect(inWindow(friday, at("2026-11-21T05:00:00Z"))).toBe(false);
  expect(inWindow(friday, at("2026-11-21T21:30:00Z"))).toBe(false);
});

test("the night in which the clock is put forward is an hour shorter, the other one an hour longer", () => {
  expect(edgesOf(night("22:00", "06:00"), "2026-03-28T12:00:00Z")).toEqual([
    "2026-03-28T21:00:00.000Z",
    "2026-03-29T04:00:00.000Z",
  ]);
  expect(edgesOf(night("22:00", "06:00"), "2026-10-24T12:00:00Z")).toEqual([
    "2026-10-24T20:00:00.000Z",
    "2026-10-25T05:00:00.000Z",
  ]);
});

test("an edge in the hour that does not exist is the change; one in the hour that comes twice leaves no hole", () => {
  expect(edgesOf(night("02:30", "05:00"), "2026-03-29T00:00:00Z")).toEqual([
    "2026-03-29T01:00:00.000Z",
    "2026-03-29T03:00:00.000Z",
  ]);
  expect(edgesOf(night("02:15", "02:45"), "2026-03-28T12:00:00Z")).toEqual([
    "2026-03-30T00:15:00.000Z",
    "2026-03-30T00:45:00.000Z",
  ]);
  expect(edgesOf(night("22:00", "02:30"), "2026-10-24T12:00:00Z")).toEqual([
    "2026-10-24T20:00:00.000Z",
    "2026-10-25T01:30:00.000Z",
  ]);
});

test("Lord Howe moves by half an hour, Kathmandu never, Cairo at midnight", () => {
  const lordHowe = night("01:00", "04:00", "Australia/Lord_Howe");
  expect(edgesOf(lordHowe, "2026-04-04T12:00:00Z")).toEqual([
    "2026-04-04T14:00:00.000Z",
    "2026-04-04T17:30:00.000Z",
  ]);
  expect(edgesOf(lordHowe, "2026-10-03T12:00:00Z")).toEqual([
    "2026-10-03T14:30:00.000Z",
    "2026-10-03T17:00:00.000Z",
  ]);
  expect(edgesOf(night("22:00", "06:00", "Asia/Kathmandu"), "2026-03-28T00:15:00Z")).toEqual([
    "2026-03-28T16:15:00.000Z",
    "2026-03-29T00:15:00.000Z",
  ]);
  expect(edgesOf(night("00:00", "06:00", "Africa/Cairo"), "2026-04-23T12:00:00Z")).toEqual([
    "2026-04-23T22:00:00.000Z",
    "2026-04-24T03:00:00.000Z",
  ]);
});

test("hours that touch are one; hours that never end are asked about again within about a week", () => {
  const always = night("00:00", "00:00");
  const end = windowEndsAt(always, at("2026-11-20T10:00:00Z")).getTime();
  expect(end).toBeGreaterThan(at("2026-11-26T00:00:00Z").getTime());
  const weekend = { ...night("00:00", "00:00"), days: [6, 7] };
  expect(edgesOf(weekend, "2026-11-20T10:00:00Z")).toEqual([
    "2026-11-20T23:00:00.000Z",
    "2026-11-22T23:00:00.000Z",
  ]);
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const anyWindow = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  from: clock,
  to: clock,
  zone: fc.constantFrom(...zones),
});
const yearStarts = Date.UTC(2026, 0, 1);
const anyMoment = fc
  .integer({ min: 0, max: 365 * 1_440 - 1 })
  .map((minute) => new Date(yearStarts + minute * 60_000));
/** Minutes within a day of every change of clocks of these zones in 2026. */
const nearChange = fc
  .tuple(
    fc.constantFrom(
      "2026-03-29",
      "2026-10-25",
      "2026-03-08",
      "2026-11-01",
      "2026-04-05",
      "2026-10-04",
      "2026-04-24",
      "2026-10-30",
    ),
    fc.integer({ min: -1_440, max: 2_880 }),
  )
  .map(([day, minute]) => new Date(Date.parse(day) + minute * 60_000));
const hasChange = (zone: string, moment: Date) => {
  const offset = (ms: number) =>
    new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" })
      .formatToParts(ms)
      .find(({ type }) => type === "timeZoneName")?.value;
  return offset(moment.getTime() - 2 * 86_400_000) !== offset(moment.getTime() + 2 * 86_400_000);
};

test("over a year: whenever the wall reads within the hours it is in, and away from a change only then", () => {
  fc.assert(
    fc.property(anyWindow, fc.oneof(anyMoment, nearChange), (window, moment) => {
      const says = wallSays(window, moment);
      const inside = inWindow(window, moment);
      if (says || !hasChange(window.zone, moment)) expect(inside).toBe(says);
    }),
    { numRuns: 3_000 },
  );
});

test("over a year: the end is the first moment outside, the next start the first moment inside", () => {
  fc.assert(
    fc.property(
      anyWindow,
      fc.oneof(anyMoment, nearChange),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (window, moment, part) => {
        const end = windowEndsAt(window, moment);
        const start = nextWindowStart(window, moment);
        const between = (to: Date) =>
          new Date(moment.getTime() + Math.floor((to.getTime() - moment.getTime() - 1) * part));
        if (inWindow(window, moment)) {
          expect(end.getTime()).toBeGreaterThan(moment.getTime());
          expect(inWindow(window, between(end))).toBe(true);
          if (end.getTime() - moment.getTime() < 6 * 86_400_000) expect(inWindow(window, end)).toBe(false);
        } else {
          expect(end).toEqual(moment);
          if (!start) throw new Error("every window comes within three weeks");
          expect(inWindow(window, start)).toBe(true);
          expect(inWindow(window, between(start))).toBe(false);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});
