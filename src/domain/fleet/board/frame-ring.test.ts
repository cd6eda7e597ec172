import { expect, test } from "vitest";
import type { BeatTuple } from "@/contracts/wire/browser";
import { AdaptiveTick } from "./adaptive-tick";
import { FrameRing } from "./frame-ring";

const seqs = (frames: { s: number }[] | null) => frames?.map(({ s }) => s) ?? null;

test("the ring gives what followed, nothing to who is current, and null to who is too old or from the future", () => {
  const ring = new FrameRing();
  for (let s = 1; s <= 600; s++) ring.push({ s, t: s });
  expect(seqs(ring.since(598, 600))).toEqual([599, 600]);
  expect(ring.since(600, 600)).toEqual([]);
  expect(ring.since(88, 600)).toHaveLength(512);
  expect(ring.since(87, 600)).toBeNull();
  expect(ring.since(601, 600)).toBeNull();
  expect(new FrameRing().since(0, 0)).toEqual([]);
});

test("large frames make the ring shorter, so that its memory stays bounded", () => {
  const ring = new FrameRing();
  const b = Array.from({ length: 30_000 }, (): BeatTuple => [0, 0, 0, 0, 0, 0]);
  for (let s = 1; s <= 10; s++) ring.push({ s, t: s, b });
  expect(seqs(ring.since(7, 10))).toEqual([8, 9, 10]);
  expect(ring.since(6, 10)).toBeNull();
});

test("the tick is 5 ms while fan-out is cheap, grows with its cost, and ends at 100 ms", () => {
  const tick = new AdaptiveTick();
  const after = (ms: number) => {
    for (let frame = 0; frame < 200; frame++) tick.report(ms);
    return Math.round(tick.ms);
  };
  expect(after(0.2)).toBe(5);
  expect(after(3)).toBe(20);
  expect(after(50)).toBe(100);
  expect(after(0.2)).toBe(5);
});
