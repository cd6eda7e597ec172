import { expect, test } from "vitest";
import { comeBackUntilMs } from "./come-back";

const until = (endedAtMs: number | null, lastBackAtMs: number | null) =>
  comeBackUntilMs({ endedAtMs, lastBackAtMs });

test("who fell before the end is waited for, longer while others come back, and never for more than two minutes", () => {
  expect(until(null, null)).toBeNull();
  expect(until(1_000, null)).toBe(16_000);
  expect(until(1_000, 5_000)).toBe(16_000);
  expect(until(1_000, 9_000)).toBe(19_000);
  expect(until(1_000, 119_000)).toBe(121_000);
});
