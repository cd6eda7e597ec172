import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./fail";
import { profileFile } from "./profile";

const lookEveryMs = 50;
/** A command that holds the lock for so long has died: asking takes 15 seconds at most. */
const staleAfterMs = 30_000;
const patienceMs = 60_000;

/** Runs `work` while no other command of this user changes what the profile holds. */
export async function underProfileLock<Result>(work: () => Promise<Result>): Promise<Result> {
  const file = `${profileFile()}.lock`;
  const mark = randomUUID();
  const untilMs = Date.now() + patienceMs;
  while (!take(file, mark)) {
    removeStale(file);
    if (Date.now() > untilMs) throw new Failure(`${file} is held by another mc. Remove it if there is none.`);
    await sleep(lookEveryMs);
  }
  try {
    return await work();
  } finally {
    if (markIn(file) === mark) rmSync(file, { force: true });
  }
}

function take(file: string, mark: string): boolean {
  try {
    writeFileSync(file, mark, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Moved aside and looked at again: between the look and the move, another command may have taken the lock anew. */
function removeStale(file: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    const mark = markIn(file);
    if (Date.now() - statSync(file).mtimeMs < staleAfterMs) return;
    renameSync(file, aside);
    if (markIn(aside) !== mark) linkSync(aside, file);
  } catch {
    // Somebody else removed it, or took it: the next look tells.
  } finally {
    rmSync(aside, { force: true });
  }
}

function markIn(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
