import { expect, it } from "vitest";
import { fakeClock } from "@/testing/clock";
import { createLog } from "./log";
import { startLoop } from "./loop";

const log = createLog("silent");

function startCounting(behaviour: () => Promise<void> = async () => {}, restMs = 0) {
  const clock = fakeClock();
  const seen = { runs: 0, running: 0, mostAtOnce: 0 };
  const loop = startLoop({
    name: "counting",
    everyMs: 1_000,
    clock,
    log,
    restMs,
    async run() {
      seen.runs += 1;
      seen.running += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.running);
      await behaviour().finally(() => {
        seen.running -= 1;
      });
    },
  });
  return { clock, loop, seen };
}

it("runs at once and then on its beat", async () => {
  const { clock, loop, seen } = startCounting();
  expect(seen.runs).toBe(1);
  await clock.advance(3_000);
  expect(seen.runs).toBe(4);
  await loop.stop();
  await clock.advance(5_000);
  expect(seen.runs).toBe(4);
});

it("runs soon after a nudge", async () => {
  const { clock, loop, seen } = startCounting();
  await clock.advance(10);
  loop.nudge();
  expect(seen.runs).toBe(2);
  await loop.stop();
});

it("runs once more after nudges during a run, and never twice at a time", async () => {
  let release = () => {};
  const { clock, loop, seen } = startCounting(() => new Promise((resolve) => (release = resolve)));
  loop.nudge();
  loop.nudge();
  await clock.advance(1);
  expect(seen.runs).toBe(1);
  release();
  await clock.advance(1);
  expect(seen.runs).toBe(2);
  release();
  await clock.advance(1);
  expect(seen).toEqual({ runs: 2, running: 0, mostAtOnce: 1 });
  await loop.stop();
});

it("rests between runs that were asked for, not before the first of them, and its beat goes on", async () => {
  const { clock, loop, seen } = startCounting(undefined, 50);
  await clock.advance(10);
  loop.nudge();
  expect(seen.runs).toBe(2);
  for (let ms = 0; ms < 40; ms++) {
    await clock.advance(1);
    loop.nudge();
  }
  expect(seen.runs).toBe(2);
  await clock.advance(10);
  expect(seen.runs).toBe(3);
  await clock.advance(1_000);
  expect(seen.runs).toBe(4);
  await loop.stop();
});

it("waits longer after each error, at most five seconds", async () => {
  const { clock, loop, seen } = startCounting(() => Promise.reject(new Error("away")));
  await clock.advance(10_000);
  expect(seen.runs).toBeLessThan(10);
  const before = seen.runs;
  loop.nudge();
  await clock.advance(5_000);
  expect(seen.runs).toBe(before + 1);
  await loop.stop();
});

it("aborts the run at stop and waits for it", async () => {
  const clock = fakeClock();
  let ended = false;
  const loop = startLoop({
    name: "waiting",
    everyMs: 10,
    clock,
    log,
    async run(signal) {
      await clock.sleep(60_000, signal).catch(() => {});
      ended = true;
    },
  });
  await loop.stop();
  expect(ended).toBe(true);
});
