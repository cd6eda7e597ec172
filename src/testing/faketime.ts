import { spawnSync } from "node:child_process";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the library lies, as the package's own program loads it. */
const library = spawnSync("faketime", ["-f", "+0", "printenv", "LD_PRELOAD"], { encoding: "utf8" });

/** Why no clock can be set here; null when one can. `scripts/ensure-system.sh` brings it where it can. */
export const faketimeMissing: string | null =
  library.status === 0 ? null : "faketime is not on this machine and its package can't be had here.";

/** A wall clock that one process sees and a test sets, while that process runs. Its monotonic clock goes on as it is. */
export type SteppedClock = {
  /** Environment of the process that is to see it. */
  env: Record<string, string>;
  /** How far it is ahead of the real one from now on, ms; the process sees it within a second. */
  setAhead(ms: number): Promise<void>;
  remove(): Promise<void>;
};

export async function steppedClock(): Promise<SteppedClock> {
  const folder = await mkdtemp(join(tmpdir(), "mc-faketime-"));
  const file = join(folder, "offset");
  const setAhead = async (ms: number) => {
    const seconds = ms / 1_000;
    // As a whole or not at all: the process may read at any moment.
    await writeFile(`${file}.new`, `${seconds < 0 ? "" : "+"}${seconds}\n`);
    await rename(`${file}.new`, file);
  };
  await setAhead(0);
  return {
    env: {
      LD_PRELOAD: library.stdout.trim(),
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      FAKETIME_CACHE_DURATION: "1",
    },
    setAhead,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
