import { describe, expect, it } from "vitest";
import type { Frame } from "@/contracts/wire/browser";
import { FrameGate } from "./frame-gate";

const frame = (s: number): Frame => ({ s, t: 0 });
const numbers = (passage: ReturnType<FrameGate["take"]>) =>
  "gap" in passage ? "gap" : passage.pass.map(({ s }) => s);

describe("the frame gate", () => {
  it("keeps frames that come before the snapshot they continue, and drops those it holds already", () => {
    const gate = new FrameGate();
    expect(numbers(gate.take(frame(6)))).toEqual([]);
    expect(numbers(gate.take(frame(5)))).toEqual([]);
    expect(numbers(gate.take(frame(4)))).toEqual([]);
    expect(numbers(gate.open(4))).toEqual([5, 6]);
    expect(gate.seq).toBe(6);
  });

  it("lets each frame through once, however often a replay brings it", () => {
    const gate = new FrameGate();
    gate.open(0);
    expect([1, 2, 1, 2, 3].map((s) => numbers(gate.take(frame(s))))).toEqual([[1], [2], [], [], [3]]);
  });

  it("tells a gap once, and goes on when the replay fills it", () => {
    const gate = new FrameGate();
    gate.open(1);
    expect(numbers(gate.take(frame(4)))).toBe("gap");
    expect(numbers(gate.take(frame(5)))).toEqual([]);
    expect([2, 3, 4, 5].map((s) => numbers(gate.take(frame(s))))).toEqual([[2], [3], [4], [5]]);
    expect(numbers(gate.take(frame(8)))).toBe("gap");
  });

  it("waits for a new snapshot after it was closed", () => {
    const gate = new FrameGate();
    gate.open(1);
    gate.close();
    expect(gate.seq).toBeNull();
    expect(numbers(gate.take(frame(21)))).toEqual([]);
    expect(numbers(gate.open(20))).toEqual([21]);
  });
});
