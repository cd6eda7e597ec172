import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Fields of `/proc/<pid>/stat` that we need. Times in clock ticks, of which Linux has 100 a second everywhere. */
export type ProcessStat = { parent: number; group: number; cpuTicks: number; startTicks: number };
export const ticksPerSecond = 100;

/** Undefined when there is no such process, or no /proc. The name in brackets may hold blanks and brackets. */
export function readStat(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return {
      parent: Number(fields[1]),
      group: Number(fields[2]),
      cpuTicks: Number(fields[11]) + Number(fields[12]),
      startTicks: Number(fields[19]),
    };
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return "";
  }
}

/**
 * Names a process beyond its number, which the system gives again: boot and start time. Undefined when it does
 * not run (a zombie does not count).
 */
export function processIdentity(pid: number): string | undefined {
  const stat = readStat(pid);
  if (stat) return `${bootId()}/${stat.startTicks}`;
  if (process.platform === "linux") return undefined;
  const answer = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return answer.stdout?.trim() || undefined;
}

/** Sends `signal` to a process group; false when it is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
