import { readdirSync, readFileSync } from "node:fs";
import { processIdentity, readStat } from "./processes";

const markVariable = "MC_RUN_MARK";

/** What a started program carries in its environment, so that it can be found before its number was noted. */
export const markOf = (mark: string) => ({ [markVariable]: mark });

/**
 * Leaders of process groups that carry the mark. Their children carry it, too, and end with their group. Empty
 * where there is no /proc, and blind to a program that has wiped its environment.
 */
export function findMarked(marked: Record<string, string>): { pid: number; identity: string }[] {
  const wanted = Object.entries(marked).map(([name, value]) => `${name}=${value}`);
  return processNumbers().flatMap((pid) => {
    if (pid === process.pid || readStat(pid)?.group !== pid) return [];
    const carried = environmentOf(pid);
    const identity = wanted.every((entry) => carried.includes(entry)) ? processIdentity(pid) : undefined;
    return identity ? [{ pid, identity }] : [];
  });
}

function processNumbers(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Empty for processes of others, and for those that have just ended. */
function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
  } catch {
    return [];
  }
}
