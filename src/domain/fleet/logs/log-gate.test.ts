import { expect, it } from "vitest";
import { fakeClock } from "@/testing/clock";
import { LogGate } from "./log-gate";

/** Work that ends when the test says so. */
function held() {
  let release = () => {};
  const done = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { work: () => done, release };
}

it("runs one batch of an agent at a time, and refuses the fourth that waits", async () => {
  const clock = fakeClock();
  const gate = new LogGate(clock);
  const order: number[] = [];
  const first = held();
  const passed = [
    gate.pass("a", 10, () => first.work().then(() => order.push(1))),
    gate.pass("a", 10, async () => order.push(2)),
    gate.pass("a", 10, async () => order.push(3)),
  ];
  expect(gate.pass("a", 10, async () => order.push(4))).toBeNull();
  await clock.advance(0);
  expect(order).toEqual([]);
  first.release();
  await Promise.all(passed);
  expect(order).toEqual([1, 2, 3]);
});

it("slows down the agent that floods, and nobody else", async () => {
  const clock = fakeClock();
  const gate = new LogGate(clock, { linesPerSecond: 500 });
  let flooded = 0;
  let others = 0;
  for (let round = 0; round < 8; round++) {
    void gate.pass("flood", 500, async () => flooded++);
    void gate.pass("calm", 1, async () => others++);
    await clock.advance(10);
  }
  expect(others).toBe(8);
  expect(flooded).toBeLessThanOrEqual(3);
  await clock.advance(5_000);
  expect(flooded).toBeGreaterThan(3);
});

it("takes turns at the shared limit", async () => {
  const clock = fakeClock();
  const gate = new LogGate(clock, { rowsInFlight: 500 });
  const flood = held();
  const order: string[] = [];
  const passed = [
    gate.pass("flood", 500, () => flood.work()),
    gate.pass("flood", 500, async () => order.push("flood again")),
    gate.pass("calm", 5, async () => order.push("calm")),
  ];
  await clock.advance(0);
  flood.release();
  await Promise.all(passed);
  expect(order).toEqual(["calm", "flood again"]);
});
