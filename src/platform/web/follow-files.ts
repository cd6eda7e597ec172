import { type StatsListener, unwatchFile, watchFile } from "node:fs";

/** Often enough for a revocation list; a look at a file's times costs nothing. */
const everyMs = 2_000;

/**
 * Calls `changed` after one of the files was written, replaced, or its link led elsewhere, as certificates are
 * renewed. Asks for the files' times: notices of the system get lost on network drives and behind swapped links.
 * Answers how to stop.
 */
export function followFiles(paths: readonly string[], changed: () => void, intervalMs = everyMs): () => void {
  const listener: StatsListener = (now, before) => {
    // A file that is away for a moment is being replaced.
    if (now.mtimeMs !== 0 && (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino)) changed();
  };
  for (const path of paths) watchFile(path, { interval: intervalMs, persistent: false }, listener);
  return () => {
    for (const path of paths) unwatchFile(path, listener);
  };
}
