import { execFile } from "node:child_process";
import type { Child } from "./child";
import { durationWords } from "./exits";
import type { CommandResult } from "./journal";

const healthTimeoutMs = 10_000;
const answerLength = 500;

/** Runs the `--health` command in a shell: exit code 0 is healthy, what it prints is the message. */
function askProgram(command: string, env: NodeJS.ProcessEnv): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(
      "sh",
      ["-c", command],
      { env, timeout: healthTimeoutMs, killSignal: "SIGKILL" },
      (error, out, err) => {
        const said = `${out}${err}`.trim().slice(-answerLength);
        if (!error) resolve({ ok: true, message: said || "Healthy: the health command ended with code 0." });
        else if (error.killed) {
          resolve({
            ok: false,
            message: `The health command did not end within ${durationWords(healthTimeoutMs)}.`,
          });
        } else
          resolve({ ok: false, message: said || `The health command ended with code ${error.code ?? "?"}.` });
      },
    );
  });
}

/** Answer to a `health-check`: that of the health command, or without one, what the supervisor sees. */
export async function checkHealth(
  child: Child | null,
  memoryBytes: number | null | undefined,
  health: { command: string | undefined; env: NodeJS.ProcessEnv },
): Promise<CommandResult> {
  if (!child) return { ok: false, message: "The program does not run now." };
  if (health.command) return askProgram(health.command, health.env);
  const memory = memoryBytes ? `, ${Math.round(memoryBytes / 1_048_576)} MiB` : "";
  const up = durationWords(Date.now() - child.startedAt);
  return { ok: true, message: `Process ${child.pid} runs since ${up}${memory}. No health command is set.` };
}
