import { expect, test } from "vitest";
import { fakeClock } from "@/testing/clock";
import { sparingCursor } from "./sparing-cursor";

test("what was passed is saved once a tick, and not at all where the work itself moved the cursor", async () => {
  const clock = fakeClock();
  const saved: number[] = [];
  const cursor = sparingCursor(clock, 1_000, async (seq) => void saved.push(seq));
  await cursor.follow(5, 0);
  for (const seq of [6, 7, 8]) await cursor.follow(seq, 0);
  expect(saved).toEqual([5]);
  await clock.advance(1_000);
  await cursor.follow(9, 9);
  expect(saved).toEqual([5]);
  await cursor.follow(10, 0);
  expect(saved).toEqual([5, 10]);
});

test("a place that could not be saved is saved the next time", async () => {
  const saved: number[] = [];
  let away = true;
  const cursor = sparingCursor(fakeClock(), 1_000, async (seq) => {
    if (away) throw new Error("The database is away.");
    saved.push(seq);
  });
  await expect(cursor.follow(5, 0)).rejects.toThrow("away");
  away = false;
  await cursor.follow(5, 0);
  expect(saved).toEqual([5]);
});
