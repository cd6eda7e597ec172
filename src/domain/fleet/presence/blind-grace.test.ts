import { expect, it } from "vitest";
import { BlindGrace } from "./blind-grace";

const graceMs = 30_000;

it("lasts its time, also when nobody came in its beginning", () => {
  const grace = new BlindGrace(1_000, 500);
  expect(grace.isOver(1_000, 30_499, graceMs)).toBe(false);
  expect(grace.isOver(1_000, 30_500, graceMs)).toBe(true);
});

it("lasts while a twentieth of the crowd comes back in each third of it, and ends with the first that lacks it", () => {
  const grace = new BlindGrace(1_000, 0);
  expect(grace.isOver(950, 29_000, graceMs)).toBe(false);
  expect(grace.isOver(901, 38_000, graceMs)).toBe(false);
  expect(grace.isOver(900, 38_900, graceMs)).toBe(false);
  expect(grace.isOver(851, 48_899, graceMs)).toBe(false);
  expect(grace.isOver(851, 48_900, graceMs)).toBe(true);
});

it("lasts for twenty windows more at most, however slowly they come", () => {
  const grace = new BlindGrace(10_000, 0);
  let [nowMs, left] = [20_000, 10_000];
  while (!grace.isOver(left, nowMs, graceMs)) {
    nowMs += 100;
    if (nowMs % 10_000 === 9_900) left = Math.max(0, left - 500);
  }
  expect(nowMs).toBeGreaterThan(200_000);
  expect(nowMs).toBeLessThanOrEqual(graceMs + 200_000);
});

it("takes one agent of a small fleet for a crowd", () => {
  const grace = new BlindGrace(3, 0);
  expect(grace.isOver(2, 29_000, graceMs)).toBe(false);
  expect(grace.isOver(2, 38_999, graceMs)).toBe(false);
  expect(grace.isOver(2, 39_000, graceMs)).toBe(true);
});
