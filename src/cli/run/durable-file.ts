import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** All of `text` is on the disk once this returns. Throws the system's error; some of it may be written then. */
export function writeDurably(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  fsyncSync(file);
}

/**
 * Writes a file anew beside the old one and puts it in its place, so that there is a whole one at any time, also after
 * a `kill -9` or a power cut. Answers the open file. Throws the system's error, and then leaves nothing half written.
 */
export function replaceDurably(path: string, text: string): number {
  const fresh = `${path}.new`;
  const file = openSync(fresh, "w", 0o600);
  try {
    writeDurably(file, text);
    renameSync(fresh, path);
    const folder = openSync(dirname(path), "r");
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    closeSync(file);
    // On a full disk it would take the room that something else needs.
    rmSync(fresh, { force: true });
    throw error;
  }
  return file;
}
