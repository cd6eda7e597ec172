import { expect, it } from "vitest";
import type { Rehearsal } from "@/contracts/watch/rehearsal";
import { daySpans, episodeSpans, quietSpans, unknownSpans } from "./strip-layout";

const rehearsal: Rehearsal = {
  from: "2026-11-20T00:00:00Z",
  to: "2026-11-22T00:00:00Z",
  dataFrom: "2026-11-20T12:00:00Z",
  blind: [{ from: "2026-11-21T00:00:00Z", to: "2026-11-21T06:00:00Z" }],
  firings: 1,
  subjects: 1,
  firingMs: 0,
  messages: 1,
  worstHour: null,
  episodes: [
    {
      subject: { kind: "agent", id: "a", name: "a" },
      since: "2026-11-21T06:00:00Z",
      firedAt: "2026-11-21T12:00:00Z",
      resolvedAt: null,
      value: null,
      summary: "",
      resolution: null,
    },
  ],
  notes: [],
  looked: { observations: 1, tookMs: 1 },
};

it("an episode waits, fires, and reaches to the end while it fires", () => {
  expect(episodeSpans(rehearsal)).toEqual([
    { waiting: { from: 62.5, width: 12.5 }, firing: { from: 75, width: 25 } },
  ]);
});

it("what is not known lies before the data and where we were blind", () => {
  expect(unknownSpans(rehearsal)).toEqual([
    { from: 0, width: 25 },
    { from: 50, width: 12.5 },
  ]);
  expect(unknownSpans({ ...rehearsal, dataFrom: rehearsal.to, blind: [] })).toEqual([
    { from: 0, width: 100 },
  ]);
  expect(unknownSpans({ ...rehearsal, dataFrom: null, blind: [] })).toEqual([]);
});

it("quiet hours are found by their zone, and end with the strip", () => {
  const nights = quietSpans(rehearsal, [
    { days: [1, 2, 3, 4, 5, 6, 7], from: "12:00", to: "18:00", zone: "UTC" },
  ]);
  expect(nights).toEqual([
    { from: 25, width: 12.5 },
    { from: 75, width: 12.5 },
  ]);
  const late = quietSpans(rehearsal, [{ days: [6], from: "18:00", to: "06:00", zone: "UTC" }]);
  expect(late).toEqual([{ from: 87.5, width: 12.5 }]);
  expect(quietSpans(rehearsal, [])).toEqual([]);
});

it("the days fill the strip, the last one is today", () => {
  const days = daySpans(rehearsal);
  expect(days.at(-1)?.name).toBe("Today");
  expect(days.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100);
});
