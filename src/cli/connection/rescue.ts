import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { exitCodes, type Rescue } from "@/contracts/trust/rescue";
import { Failure } from "./fail";

/**
 * Runs the rescue program that lies beside this bundle; its exit code becomes ours. What it must do goes by its
 * standard input, since everybody on the machine can read a command line.
 */
export async function runRescue(wish: Rescue): Promise<void> {
  const program = fileURLToPath(new URL("./rescue.mjs", import.meta.url));
  if (!existsSync(program)) {
    throw new Failure(
      "The rescue program is not here: run this on the server's machine, after npm run build.",
    );
  }
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "inherit", "inherit"] });
  child.stdin.end(JSON.stringify(wish));
  const [code] = await once(child, "exit");
  process.exitCode = typeof code === "number" ? code : exitCodes.failed;
}
