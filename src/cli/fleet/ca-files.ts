import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { fileFault } from "../connection/file-fault";

const keyFile = "agent.key";
const certificateFiles = ["agent.crt", "ca.crt"];

/**
 * Makes the folder for what is about to be issued. Throws a `Failure` when nothing can be written there, before there
 * is a key that would be lost.
 */
export function prepareFolder(folder: string, withKey: boolean): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Failure(`${folder} can't be written: ${fileFault(error)}.`, exitCodes.usage);
  }
  // What is there is kept: it may still be in use, and nobody else has a key.
  const taken = [...(withKey ? [keyFile] : []), ...certificateFiles].find((name) =>
    existsSync(join(folder, name)),
  );
  if (taken) {
    const words = `${join(folder, taken)} is there already; name another folder. Nothing was issued.`;
    throw new Failure(words, exitCodes.usage);
  }
}

/** Writes what was issued into a folder, the key readable by its owner alone; answers the files. */
export function writeIssued(
  folder: string,
  issued: { serial: string; certificate: string; key: string | null; authority: string },
): string[] {
  const write = (name: string, text: string, mode: number) => {
    const path = join(folder, name);
    writeFileSync(path, `${text.trim()}\n`, { mode, flag: "wx" });
    return path;
  };
  try {
    const [certificate = "", authority = ""] = certificateFiles;
    return [
      ...(issued.key ? [write(keyFile, issued.key, 0o600)] : []),
      write(certificate, issued.certificate, 0o644),
      write(authority, issued.authority, 0o644),
    ];
  } catch (error) {
    throw new Failure(
      `${issued.serial} was issued, but its files can't be written to ${folder}: ${fileFault(error)}. ` +
        "Revoke it by mc ca revoke, and issue another one.",
    );
  }
}
