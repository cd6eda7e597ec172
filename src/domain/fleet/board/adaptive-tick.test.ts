import { expect, it } from "vitest";
import { AdaptiveTick, type TickKind } from "./adaptive-tick";

const tickOf = (cpuMs: number, busy = 0, kind: TickKind = "beats") => {
  const tick = new AdaptiveTick();
  for (let frame = 0; frame < 100; frame++) tick.report(cpuMs);
  tick.reportBusy(busy);
  return tick.ms(kind);
};

it("keeps fan-out under 15 % of a core, between 5 and 100 ms", () => {
  expect(tickOf(0.1)).toBe(5);
  expect(tickOf(3)).toBeCloseTo(20, 1);
  expect(tickOf(60)).toBe(100);
});

it("lets facts wait less, for up to 30 % of a core", () => {
  expect(tickOf(0.1, 0, "facts")).toBe(1);
  expect(tickOf(3, 0, "facts")).toBeCloseTo(10, 1);
  expect(tickOf(60, 0, "facts")).toBe(100);
});

it("leaves the core to others when they need it", () => {
  expect(tickOf(3, 0.6)).toBeCloseTo(20, 1);
  expect(tickOf(3, 0.8)).toBeCloseTo(30, 1);
  expect(tickOf(3, 1)).toBeCloseTo(60, 1);
  expect(tickOf(3, 0.6, "facts")).toBeCloseTo(10, 1);
  expect(tickOf(3, 1, "facts")).toBeCloseTo(60, 1);
});

it("is not moved by one slow frame", () => {
  const tick = new AdaptiveTick();
  for (let frame = 0; frame < 100; frame++) tick.report(0.3);
  tick.report(5);
  expect(tick.ms("beats")).toBeLessThan(6);
});
