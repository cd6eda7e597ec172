import { beforeEach, expect, test } from "vitest";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { type ClockSteps, watchClockSteps } from "./clock-steps";

let clock: FakeClock;
let steps: ClockSteps;
beforeEach(() => {
  clock = fakeClock("2026-11-21T10:00:00Z");
  steps = watchClockSteps(clock);
});

async function followed(): Promise<number[]> {
  const seen: number[] = [];
  await steps.follow(async (stepMs) => void seen.push(stepMs));
  return seen;
}
const set = (byMs: number) => clock.setWall(new Date(clock.nowMs() + byMs));

test("a clock that is set is noticed once, by how much; one that runs is not", async () => {
  await clock.advance(3_600_000);
  expect([steps.settled(), await followed()]).toEqual([true, []]);
  set(600_000);
  await clock.advance(1_000);
  expect([steps.settled(), await followed(), await followed()]).toEqual([false, [600_000], []]);
  await clock.advance(4_999);
  expect(steps.settled()).toBe(false);
  await clock.advance(1);
  expect(steps.settled()).toBe(true);
  set(-600_000);
  expect([await followed(), await followed()]).toEqual([[-600_000], []]);
});

test("a step that could not be followed is followed the next time", async () => {
  set(-60_000);
  const away = new Error("the database is away");
  await expect(steps.follow(() => Promise.reject(away))).rejects.toThrow(away);
  expect(steps.settled()).toBe(false);
  expect(await followed()).toEqual([-60_000]);
});

test("a clock that is kept right bit by bit never steps", async () => {
  for (let turn = 0; turn < 100; turn++) {
    await clock.advance(1_000);
    set(100);
    expect(await followed()).toEqual([]);
  }
  expect(steps.settled()).toBe(true);
});
