import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../connection/fail";

/** Writes what was issued into a folder, the key readable by its owner alone; answers the files. */
export function writeIssued(
  folder: string,
  issued: { certificate: string; key: string | null; authority: string },
): string[] {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string, mode: number) => {
    const path = join(folder, name);
    // A key of before is kept: it may still be in use, and nobody else has it.
    writeFileSync(path, `${text.trim()}\n`, { mode, flag: "wx" });
    return path;
  };
  try {
    return [
      ...(issued.key ? [write("agent.key", issued.key, 0o600)] : []),
      write("agent.crt", issued.certificate, 0o644),
      write("ca.crt", issued.authority, 0o644),
    ];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(
      `The files can't be written: ${why}. Revoke what was issued, and name an empty folder.`,
    );
  }
}
