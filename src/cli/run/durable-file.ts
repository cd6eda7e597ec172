import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file anew beside the old one and puts it in its place, so that there is a whole one at any time, also after
 * a `kill -9` or a power cut. Answers the open file.
 */
export function replaceDurably(path: string, text: string): number {
  const fresh = `${path}.new`;
  const file = openSync(fresh, "w", 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
    renameSync(fresh, path);
    const folder = openSync(dirname(path), "r");
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return file;
}
