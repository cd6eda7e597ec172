import { expect, it } from "vitest";
import { fakeClock } from "@/testing/clock";
import { fakeIds } from "@/testing/ids";
import { Pace } from "./pace";

it("slows down with the fleet, with jitter, and is never faster than two seconds", () => {
  const clock = fakeClock();
  let agents = 10;
  const pace = new Pace(clock, fakeIds(clock), () => agents);
  expect([pace.beatMs(), pace.silentAfterMs()]).toEqual([2_000, 6_000]);
  agents = 10_000;
  expect([pace.beatMs(), pace.silentAfterMs()]).toEqual([10_000, 30_000]);
  const told = Array.from({ length: 200 }, () => pace.next());
  expect(Math.min(...told)).toBeGreaterThanOrEqual(9_000);
  expect(Math.max(...told)).toBeLessThanOrEqual(11_000);
  expect(new Set(told).size).toBeGreaterThan(100);
});

it("waits for the slow pace that agents still keep after most of the fleet is gone", async () => {
  const clock = fakeClock();
  let agents = 10_000;
  const pace = new Pace(clock, fakeIds(clock), () => agents);
  pace.next();
  agents = 100;
  await clock.advance(20_000);
  expect([pace.beatMs(), pace.silentAfterMs()]).toEqual([2_000, 30_000]);
  await clock.advance(10_000);
  expect(pace.silentAfterMs()).toBe(6_000);
});
