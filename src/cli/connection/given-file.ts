import { readFileSync } from "node:fs";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "./fail";

/** Text of a file that was named on the command line; `-` is standard input. Throws a `Failure` that says what is wrong. */
export function readGivenFile(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(`${path} can't be read: ${why}`, exitCodes.usage);
  }
}
