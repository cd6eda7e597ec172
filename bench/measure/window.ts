import type { Bench } from "../bench";
import type { Child } from "../ground/child";
import type { Loaded } from "../load/fleet";
import type { Measured } from "../load/watchers";
import { cpuMs, OtherCpu } from "./cpu";
import { sleep } from "./moment";
import { round } from "./spread";

/** One server with its fleet and its watchers. `pids`: whose CPU counts. */
export type Side = { pids: number[]; fleet: Child; watchers: Child };
export type Window = {
  seen: Measured;
  loaded: Loaded;
  /** CPU of each of the side's processes, percent of one core. */
  cpuPercent: number[];
  cpuUsAnUpdate: number;
  otherCpuPercent: number;
};

const warmMs = 800;
const windowMs = 3_000;

/** Three seconds of beats at `rate`, after a short warm-up: what watchers saw and what it cost. */
export async function measureWindow(bench: Bench, side: Side, rate: number): Promise<Window> {
  const loading = side.fleet.ask<Loaded>("load", { rate, warmMs, ms: windowMs });
  await sleep(warmMs);
  await side.watchers.ask("begin");
  const others = new OtherCpu([process.pid, ...bench.roots]);
  const before = side.pids.map(cpuMs);
  const startMs = performance.now();
  await sleep(windowMs);
  const usedMs = side.pids.map((pid, at) => cpuMs(pid) - (before[at] ?? 0));
  const tookMs = performance.now() - startMs;
  const otherCpuPercent = others.percent();
  const seen = await side.watchers.ask<Measured>("end", { baseMs: bench.baseMs, settleMs: 0 });
  const loaded = await loading;
  const allMs = usedMs.reduce((sum, ms) => sum + ms, 0);
  return {
    seen,
    loaded,
    cpuPercent: usedMs.map((ms) => round((ms / tookMs) * 100, 1)),
    cpuUsAnUpdate: round((allMs * 1_000) / Math.max(1, seen.updates), 3),
    otherCpuPercent,
  };
}

/** A short form of a window for the results file. */
export const told = ({ seen, loaded, cpuPercent, cpuUsAnUpdate, otherCpuPercent }: Window) => ({
  watcherMs: { p50: seen.p50, p99: seen.p99, max: seen.max },
  updates: seen.updates,
  beatsAFrame: seen.beatsAFrame,
  framesASecondEach: round(seen.updates / Math.max(1, seen.beatsAFrame) / 100 / 3, 1),
  gaps: seen.gaps,
  resyncs: seen.resyncs,
  ackMs: { p50: loaded.p50, p99: loaded.p99, max: loaded.max },
  offered: loaded.offered,
  acked: loaded.acked,
  notTaken: loaded.notTaken,
  cpuPercent,
  cpuUsAnUpdate,
  otherCpuPercent,
});
