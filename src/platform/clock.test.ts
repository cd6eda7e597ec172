import { expect, it } from "vitest";
import { systemClock } from "./clock";

it("runs what waits for nothing when this turn is over: not a millisecond later, and not when called off", async () => {
  const ran: string[] = [];
  const off = systemClock.setTimeout(() => ran.push("called off"), 0);
  systemClock.setTimeout(() => ran.push("due"), 0);
  systemClock.setTimeout(() => ran.push("overdue"), -5);
  const turn = new Promise<void>((resolve) => setImmediate(resolve));
  off.cancel();
  await Promise.resolve();
  expect(ran).toEqual([]);
  await turn;
  expect(ran).toEqual(["due", "overdue"]);
});
