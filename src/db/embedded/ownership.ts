import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./postmaster";

const ownerFile = (stateDir: string) => join(stateDir, "postgres.owner");

function currentOwner(stateDir: string): number {
  try {
    return Number(readFileSync(ownerFile(stateDir), "utf8"));
  } catch {
    return 0;
  }
}

/** Of several processes on one cluster only one stops it at its end. A dead owner's place is free. */
export function takeOwnership(stateDir: string): void {
  if (!isAlive(currentOwner(stateDir)))
    writeFileSync(ownerFile(stateDir), String(process.pid), { mode: 0o600 });
}

/** True when the cluster was ours to stop, and is now nobody's. */
export function endOwnership(stateDir: string): boolean {
  if (currentOwner(stateDir) !== process.pid) return false;
  rmSync(ownerFile(stateDir), { force: true });
  return true;
}
