import { readFileSync, writeFileSync } from "node:fs";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "./fail";
import { fileFault } from "./file-fault";

/** Text of a file that was named on the command line; `-` is standard input. Throws a `Failure` that says what is wrong. */
export function readGivenFile(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    throw new Failure(`${path} can't be read: ${fileFault(error)}.`, exitCodes.usage);
  }
}

/** Writes a file that was named on the command line, in place of one that is there. */
export function writeGivenFile(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new Failure(`${path} can't be written: ${fileFault(error)}.`, exitCodes.usage);
  }
}
