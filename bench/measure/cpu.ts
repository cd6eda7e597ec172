import { readdirSync, readFileSync } from "node:fs";
import { round } from "./spread";

const tickMs = 10;
const read = (path: string) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};
/** Fields of /proc/pid/stat behind the name, which may hold anything. */
const statOf = (pid: number | string) => read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];

/** CPU time of a process so far, user and system, in ms. */
export function cpuMs(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

export function rssBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

/** Ids of these processes and of everything that they started. */
function familyOf(roots: number[]): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(name)[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family = new Set<number>();
  const add = (pid: number) => {
    if (family.has(pid)) return;
    family.add(pid);
    for (const child of children.get(pid) ?? []) add(child);
  };
  for (const root of roots) add(root);
  return [...family];
}

/** What all cores did so far, in ms: `busyMs` for programs of this machine, `stolenMs` for other machines of its host. */
function machineMs(): { busyMs: number; stolenMs: number } {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] =
    read("/proc/stat").split("\n")[0]?.split(/\s+/).map(Number) ?? [];
  return { busyMs: (user + nice + system + irq + soft) * tickMs, stolenMs: steal * tickMs };
}

/** What the host took from this machine when it wanted to compute, in percent of what it computed and wanted to. */
export class StolenCpu {
  private start = machineMs();
  private last = 0;

  /** Since the last time that it was asked; the same again when hardly anything was computed since. */
  percent(): number {
    const now = machineMs();
    const stolenMs = now.stolenMs - this.start.stolenMs;
    const wantedMs = now.busyMs - this.start.busyMs + stolenMs;
    if (wantedMs < 500) return this.last;
    this.start = now;
    this.last = round((stolenMs / wantedMs) * 100, 0);
    return this.last;
  }
}

/** CPU of the machine that was used by others than the benchmark and its database, in percent of one core. */
export class OtherCpu {
  private readonly start: { atMs: number; busyMs: number; ownMs: number };

  constructor(private readonly roots: number[]) {
    this.start = this.look();
  }

  percent(): number {
    const now = this.look();
    const others = now.busyMs - this.start.busyMs - (now.ownMs - this.start.ownMs);
    return Math.max(0, round((others / (now.atMs - this.start.atMs)) * 100, 0));
  }

  private look() {
    const ownMs = familyOf(this.roots).reduce((sum, pid) => sum + (cpuMs(pid) || 0), 0);
    return { atMs: performance.now(), busyMs: machineMs().busyMs, ownMs };
  }
}
