import { expect, test } from "vitest";
import type { BeatTuple } from "@/contracts/wire/browser";
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

test("task lines count for what they take: frames full of them push older ones out sooner", () => {
  const ring = new FrameRing();
  const k = Array.from({ length: 5_000 }, (_, ix): [number, string] => [ix, "a task"]);
  for (let s = 1; s <= 10; s++) ring.push({ s, t: s, k });
  expect(seqs(ring.since(6, 10))).toEqual([7, 8, 9, 10]);
  expect(ring.since(5, 10)).toBeNull();
});
