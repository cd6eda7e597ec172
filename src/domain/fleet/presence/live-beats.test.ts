import { expect, it } from "vitest";
import type { BeatSignal } from "@/contracts/signals";
import { fakeClock } from "@/testing/clock";
import { LiveBeats } from "./live-beats";

const signal = (agentId: string, receivedAt = 0): BeatSignal => ({
  agentId,
  account: "acc",
  receivedAt,
  transitMs: null,
  activity: "working",
  task: null,
  progressAt: null,
  cpuPercent: null,
  memoryBytes: null,
});
const silentIn = (live: LiveBeats) => live.silent(() => 6_000).map(({ agentId }) => agentId);

/** Time as a running process sees it: looked at every quarter of a second. */
async function pass(clock: ReturnType<typeof fakeClock>, live: LiveBeats, ms: number) {
  for (let left = ms; left > 0; left -= 250) {
    await clock.advance(Math.min(250, left));
    live.nowMs();
  }
}

it("finds silence at the threshold, and not before", async () => {
  const clock = fakeClock();
  const live = new LiveBeats(clock);
  live.take([signal("a"), signal("b")]);
  await pass(clock, live, 3_000);
  live.take([signal("b")]);
  await pass(clock, live, 2_750);
  expect(silentIn(live)).toEqual([]);
  await pass(clock, live, 250);
  expect(silentIn(live)).toEqual(["a"]);
});

it("does not look at the wall clock", async () => {
  const clock = fakeClock();
  const live = new LiveBeats(clock);
  live.take([signal("a")]);
  clock.setWall(new Date("2040-01-01T00:00:00.000Z"));
  await pass(clock, live, 1_000);
  expect(silentIn(live)).toEqual([]);
  clock.setWall(new Date("1999-01-01T00:00:00.000Z"));
  await pass(clock, live, 5_000);
  expect(silentIn(live)).toEqual(["a"]);
});

it("counts no silence while the process itself was frozen", async () => {
  const clock = fakeClock();
  const live = new LiveBeats(clock);
  live.take([signal("a")]);
  await clock.advance(60_000);
  expect(silentIn(live)).toEqual([]);
  await pass(clock, live, 5_000);
  expect(silentIn(live)).toEqual(["a"]);
});
