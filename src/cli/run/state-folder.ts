import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, extname, join } from "node:path";
import { z } from "zod";
import { processIdentity } from "./processes";

const interpreters = /^(?:node|nodejs|python[\d.]*|ruby|perl|bash|sh|zsh|deno|bun|npx|npm|java|php|tsx)$/;

/** Name of an agent that was given none: the program's, or of what an interpreter runs. */
export function nameOfCommand(command: readonly string[]): string {
  const program = basename(command[0] ?? "agent");
  if (!interpreters.test(program)) return program;
  const script = command.slice(1).find((word) => !word.startsWith("-"));
  return script && !/\s/.test(script) ? basename(script, extname(script)) : program;
}

/** Folder of one agent's state: its key, the journal, the lock, and what its runs could not tell yet. */
export function defaultStateFolder(name: string): string {
  const base = process.env.XDG_STATE_HOME || join(homedir(), ".local", "state");
  const safe = name.replace(/[^\w.-]+/g, "_");
  const mark = safe === name ? "" : `-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
  return join(base, "mission-control", "agents", `${safe}${mark}`);
}

const lockSchema = z.object({ pid: z.number(), identity: z.string() });

/** Two supervisors of one agent would fight over its commands. Throws when another one lives; answers how to let go. */
export function lockStateFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "supervisor.json");
  let holder: z.infer<typeof lockSchema> | undefined;
  try {
    holder = lockSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // No lock, or one that a crash cut off: nobody holds it.
  }
  if (holder && holder.pid !== process.pid && processIdentity(holder.pid) === holder.identity) {
    throw new Error(
      `This agent is supervised already, by process ${holder.pid} (state folder ${folder}). ` +
        "Stop that one first, or give this agent a name or --state-dir of its own.",
    );
  }
  const mine = { pid: process.pid, identity: processIdentity(process.pid) ?? "" };
  writeFileSync(`${path}.new`, JSON.stringify(mine), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return () => rmSync(path, { force: true });
}
