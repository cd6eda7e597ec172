import timers from "node:timers";
import { expect, test } from "vitest";
import { keepNativeGlobals } from "./native-globals";

test("what a package does to the clock, ticks and timers of the process is undone", async () => {
  const before = { Date, random: Math.random, nextTick: process.nextTick, setImmediate };
  const loaded = await keepNativeGlobals(async () => {
    globalThis.Date = class extends Date {} as DateConstructor;
    Math.random = () => 0.5;
    process.nextTick = (act: () => void) => queueMicrotask(act);
    globalThis.setImmediate = timers.setImmediate = (() => null) as unknown as typeof setImmediate;
    return "loaded";
  });
  expect(loaded).toBe("loaded");
  expect({ Date, random: Math.random, nextTick: process.nextTick, setImmediate }).toEqual(before);
  expect(timers.setImmediate).toBe(before.setImmediate);
  expect(new Date(0).constructor).toBe(before.Date);
});
