import { expect, it } from "vitest";
import { type StatusSpan, uptimeSlices } from "./uptime";

const spans: StatusSpan[] = [
  { atMs: 100, status: "online", stuck: false },
  { atMs: 250, status: "offline", stuck: false },
  { atMs: 260, status: "online", stuck: true },
  { atMs: 350, status: "stopped", stuck: false },
];

it("colours a slice by its worst status and leaves what was before the agent empty", () => {
  const { slices } = uptimeSlices(spans, 0, 400, 100);
  expect(slices.map((slice) => slice.status)).toEqual([null, "online", "offline", "stopped"]);
  expect(slices.map((slice) => slice.stuck)).toEqual([false, false, true, true]);
});

it("counts neither the time before nor a stop on purpose", () => {
  expect(uptimeSlices(spans, 0, 400, 100).upPercent).toBe(96);
  expect(uptimeSlices([], 0, 400, 100).upPercent).toBeNull();
});
