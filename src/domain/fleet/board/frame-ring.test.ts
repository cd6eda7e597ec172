import { expect, test } from "vitest";
import type { BeatTuple, Frame } from "@/contracts/wire/browser";
import { FrameRing } from "./frame-ring";

const seqs = (frames: { s: number }[] | null) => frames?.map(({ s }) => s) ?? null;

test("the ring gives what followed, nothing to who is current, and null to who is too old or from the future", () => {
  const ring = new FrameRing();
  for (let s = 1; s <= 600; s++) ring.push({ s, t: s });
  expect(seqs(ring.since(598))).toEqual([599, 600]);
  expect(ring.since(600)).toEqual([]);
  expect(ring.since(88)).toHaveLength(512);
  expect(ring.since(87)).toBeNull();
  expect(ring.since(601)).toBeNull();
  expect(new FrameRing().since(0)).toEqual([]);
  for (const seq of [87, 88, 600, 601]) expect(ring.reaches(seq)).toBe(ring.since(seq) !== null);
});

test("a frame comes back as it went in", () => {
  const ring = new FrameRing();
  const frame: Frame = {
    s: 1,
    t: 1_790_000_000_123,
    b: [[7, 1, 12, 333, -1, 5]],
    k: [[7, "a \u0000 task 🛰 with \ud800"]],
    c: [{ kind: "agent", id: "agt_1", patch: { host: null }, factSeq: 3 }],
  };
  ring.push(frame);
  expect(ring.since(0)).toEqual([frame]);
});

test("large frames make the ring shorter, so that its memory stays bounded, and the newest always stays", () => {
  const ring = new FrameRing();
  const b = Array.from(
    { length: 30_000 },
    (): BeatTuple => [123_456, 1, 23_456, 99.9, 123_456_789_012, 12.3],
  );
  const bytes = JSON.stringify({ s: 1, t: 1, b }).length;
  const held = Math.floor((4 * 1024 * 1024) / bytes);
  for (let s = 1; s <= 10; s++) ring.push({ s, t: s, b });
  expect(ring.since(10 - held)).toHaveLength(held);
  expect(ring.since(9 - held)).toBeNull();
  ring.push({ s: 11, t: 11, k: [[0, "x".repeat(5 * 1024 * 1024)]] });
  expect(seqs(ring.since(10))).toEqual([11]);
  expect(ring.since(9)).toBeNull();
});
