import { expect, it } from "vitest";
import { Backlog } from "./backlog";

const line = (message: string) => ({ at: 0, level: "info" as const, message });
const seqs = (batch: { lines: { seq: number }[] } | null) => batch?.lines.map((entry) => entry.seq);
const limits = { lines: 5, bytes: 1_000_000, batchBytes: 10_000 };

it("numbers lines from 0 and sends at most 500 at once, one batch in flight", () => {
  const backlog = new Backlog();
  for (let i = 0; i < 600; i++) backlog.push(line(String(i)));
  const first = backlog.take();
  expect(seqs(first)?.at(0)).toBe(0);
  expect(first?.lines).toHaveLength(500);
  expect(backlog.take()).toBeNull();
  backlog.settle(499);
  expect(seqs(backlog.take())).toEqual(Array.from({ length: 100 }, (_, i) => 500 + i));
});

it("sends again, under the same numbers, what was not answered", () => {
  const backlog = new Backlog();
  for (let i = 0; i < 3; i++) backlog.push(line("x"));
  backlog.take();
  backlog.giveBack();
  backlog.push(line("y"));
  expect(seqs(backlog.take())).toEqual([0, 1, 2, 3]);
  backlog.settle(1);
  expect(seqs(backlog.take())).toEqual([2, 3]);
});

it("drops the oldest that wait, never those in flight, and tells how many until that was answered", () => {
  const backlog = new Backlog(limits);
  backlog.push(line("a"));
  backlog.push(line("b"));
  backlog.take();
  for (let i = 0; i < 6; i++) backlog.push(line("c"));
  expect(backlog.size).toBe(5);
  backlog.settle(1);
  const batch = backlog.take();
  expect(seqs(batch)).toEqual([5, 6, 7]);
  expect(batch?.dropped).toBe(3);
  backlog.giveBack();
  expect(backlog.take()?.dropped).toBe(3);
  backlog.settle(7);
  backlog.push(line("d"));
  expect(backlog.take()?.dropped).toBe(0);
});

it("is bounded in bytes too, and keeps batches small enough for one message", () => {
  const backlog = new Backlog({ lines: 1_000, bytes: 50_000, batchBytes: 10_000 });
  for (let i = 0; i < 100; i++) backlog.push(line("x".repeat(2_000)));
  expect(backlog.size).toBeLessThanOrEqual(24);
  expect(backlog.fullness).toBeLessThanOrEqual(1);
  expect(backlog.take()?.lines.length).toBeLessThanOrEqual(4);
});

it("forgets what the server already has", () => {
  const backlog = new Backlog();
  for (let i = 0; i < 4; i++) backlog.push(line("x"));
  backlog.forget(2);
  expect(seqs(backlog.take())).toEqual([3]);
});

it("gives up a batch that the server will never take", () => {
  const backlog = new Backlog();
  backlog.push(line("bad"));
  backlog.take();
  backlog.abandon();
  backlog.push(line("good"));
  expect(backlog.take()).toMatchObject({ dropped: 1, lines: [{ seq: 1 }] });
});

it("goes on with what an earlier run left, and tells what is missing even when no line is left", () => {
  const earlier = new Backlog(limits);
  for (let i = 0; i < 7; i++) earlier.push(line("x"));
  const left = Backlog.of(earlier.waiting);
  expect(left.take()).toMatchObject({ dropped: 2, lines: [{ seq: 2 }, {}, {}, {}, { seq: 6 }] });
  left.settle(6);
  expect(left.empty).toBe(true);
  const none = Backlog.of({ lines: [], dropped: 3 });
  expect(none.take()).toEqual({ lines: [], dropped: 3 });
  none.settle(-1);
  expect(none.take()).toBeNull();
});

it("sends less at once after too much, never less than a line, and more again with each batch that is taken", () => {
  const backlog = new Backlog({ lines: 10_000, bytes: 50_000_000, batchBytes: 512 * 1024 });
  for (let i = 0; i < 2_000; i++) backlog.push(line("x".repeat(2_000)));
  const sizeOfNext = () => backlog.take()?.lines.length ?? 0;
  const sizes = Array.from({ length: 4 }, () => {
    const size = sizeOfNext();
    backlog.shrink();
    backlog.giveBack();
    return size;
  });
  expect(sizes).toEqual([251, 62, 15, 7]);
  const grown = Array.from({ length: 4 }, () => {
    const batch = backlog.take();
    backlog.settle(batch?.lines.at(-1)?.seq ?? -1);
    return batch?.lines.length;
  });
  expect(grown).toEqual([7, 9, 12, 15]);
  backlog.push(line("y".repeat(100_000)));
  backlog.forget(1_999);
  expect(sizeOfNext()).toBe(1);
});
