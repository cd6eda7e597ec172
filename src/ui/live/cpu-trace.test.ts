import { describe, expect, it } from "vitest";
import { CpuTrace } from "./cpu-trace";

const nothing = (count: number) => Array.from({ length: count }, () => null);

describe("the trace of an agent's CPU", () => {
  it("is ten minutes long, whatever it knows of them", () => {
    const trace = new CpuTrace();
    expect(trace.values()).toEqual([]);
    trace.add(600_000, 50);
    expect(trace.values()).toEqual([...nothing(19), 50]);
    trace.add(660_000, 70);
    expect(trace.values()).toEqual([...nothing(17), 50, null, 70]);
    trace.add(2_000_000, 7);
    expect(trace.values()).toEqual([...nothing(19), 7]);
  });

  it("begins with what was measured before and goes on with beats", () => {
    const trace = new CpuTrace();
    trace.add(600_000, 50);
    trace.seed(480_000, 60_000, [10, 20]);
    expect(trace.values()).toEqual([...nothing(15), 10, 10, 20, 20, 50]);
  });

  it("has no gap between the last whole minute and the first beat, and keeps a gap that is one", () => {
    const trace = new CpuTrace();
    trace.add(690_000, 60);
    trace.seed(480_000, 60_000, [null, 20, null]);
    expect(trace.values().slice(-6)).toEqual([20, 20, 30, 40, 50, 60]);
    trace.add(780_000, 60);
    expect(trace.values().slice(-4)).toEqual([60, null, null, 60]);

    const late = new CpuTrace();
    late.add(900_000, 60);
    late.seed(480_000, 60_000, [null, 20]);
    expect(late.values().slice(-7)).toEqual([...nothing(6), 60]);
  });
});
