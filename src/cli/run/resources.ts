import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { promisify } from "node:util";
import type { Beat } from "@/contracts/wire/agent";
import { readStat, ticksPerSecond } from "./processes";

export type ResourceUse = NonNullable<Beat["metrics"]>;
type Usage = { pid: number; cpuMs: number; memoryBytes: number };

/** The tree below and with `root`. Kernels without `children` files are rare: there all of /proc is read. */
function treeFromProc(root: number): number[] {
  const tree = [root];
  try {
    for (const pid of tree) {
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const children = readFileSync(`/proc/${pid}/task/${task}/children`, "latin1").trim();
        if (children !== "") tree.push(...children.split(" ").map(Number));
      }
    }
    return tree;
  } catch {
    const parents = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), parent: readStat(Number(name))?.parent }));
    const found = new Set([root]);
    for (let before = 0; before !== found.size; ) {
      before = found.size;
      for (const { pid, parent } of parents) if (parent !== undefined && found.has(parent)) found.add(pid);
    }
    return [...found];
  }
}

function usageFromProc(root: number): Usage[] {
  return treeFromProc(root).flatMap((pid) => {
    const stat = readStat(pid);
    if (!stat) return [];
    try {
      const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
      const memoryBytes = Number(resident ?? 0) * 1024;
      return [{ pid, cpuMs: (stat.cpuTicks * 1000) / ticksPerSecond, memoryBytes }];
    } catch {
      return [];
    }
  });
}

/** `[[dd-]hh:]mm:ss[.cc]` of `ps`. */
function clockMs(text: string): number {
  const [days, rest] = text.includes("-") ? (text.split("-") as [string, string]) : ["0", text];
  const seconds = rest.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}

/** Without /proc (macOS, BSD). */
async function usageFromPs(root: number): Promise<Usage[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,time=,rss="]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/));
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const [pid, parent] of rows) if (tree.has(Number(parent))) tree.add(Number(pid));
  }
  return rows
    .filter(([pid]) => tree.has(Number(pid)))
    .map(([pid, , time, rss]) => ({
      pid: Number(pid),
      cpuMs: clockMs(time ?? "0"),
      memoryBytes: Number(rss) * 1024,
    }));
}

/** Bytes that came and went over the network of the process's namespace, loopback left out. */
function networkBytes(pid: number): { netRxBytes: number; netTxBytes: number } | undefined {
  try {
    const rows = readFileSync(`/proc/${pid}/net/dev`, "latin1").split("\n").slice(2);
    let [netRxBytes, netTxBytes] = [0, 0];
    for (const row of rows) {
      const [name, counters] = row.split(":");
      if (!counters || name?.trim() === "lo") continue;
      const fields = counters.trim().split(/\s+/).map(Number);
      netRxBytes += fields[0] ?? 0;
      netTxBytes += fields[8] ?? 0;
    }
    return { netRxBytes, netTxBytes };
  } catch {
    return undefined;
  }
}

/** Disk of `path`, as `df` counts it. Undefined where it cannot be told. */
async function diskUse(path: string): Promise<Pick<ResourceUse, "diskUsedBytes" | "diskTotalBytes">> {
  try {
    const disk = await statfs(path);
    return {
      diskUsedBytes: (disk.blocks - disk.bfree) * disk.bsize,
      diskTotalBytes: disk.blocks * disk.bsize,
    };
  } catch {
    return {};
  }
}

/**
 * Measures the process tree. CPU is per cent of one core since the last sample, null in the first one. Never
 * throws: what cannot be measured is left out.
 */
export class ResourceMeter {
  private before: { atMs: number; cpuMs: Map<number, number> } | undefined;

  constructor(private readonly cwd: string) {}

  async sample(root: number | undefined): Promise<ResourceUse> {
    const disk = await diskUse(this.cwd);
    if (root === undefined) return disk;
    let usages: Usage[];
    try {
      usages = process.platform === "linux" ? usageFromProc(root) : await usageFromPs(root);
    } catch {
      return disk;
    }
    return {
      ...disk,
      ...networkBytes(root),
      cpuPercent: this.cpuPercent(root, usages),
      memoryBytes: usages.reduce((sum, usage) => sum + usage.memoryBytes, 0),
    };
  }

  private cpuPercent(root: number, usages: Usage[]): number | null {
    const atMs = performance.now();
    const cpuMs = new Map(usages.map((usage) => [usage.pid, usage.cpuMs]));
    const before = this.before;
    this.before = { atMs, cpuMs };
    if (!before?.cpuMs.has(root) || atMs - before.atMs < 50) return null;
    let used = 0;
    for (const [pid, total] of cpuMs) used += Math.max(0, total - (before.cpuMs.get(pid) ?? 0));
    return Math.round((used / (atMs - before.atMs)) * 1000) / 10;
  }
}
