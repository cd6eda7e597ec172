import type { CommandKind } from "@/contracts/fleet/command";
import type { CommandMessage } from "@/contracts/wire/agent";
import { durationWords, exitWords } from "./exits";
import type { CommandResult } from "./journal";
import type { Supervisor } from "./supervisor";

export type Acting = {
  supervisor: Supervisor;
  graceMs: number;
  health(): Promise<CommandResult>;
  /** The process stands still (or goes on) by SIGSTOP and SIGCONT. */
  paused(paused: boolean): void;
};

function graceOf(command: CommandMessage, usualMs: number): number {
  const asked = command.args.graceMs;
  return typeof asked === "number" && asked >= 0 ? asked : usualMs;
}

/** What is under way, told with `running`. */
export function beginningOf(command: CommandMessage, graceMs: number): string | null {
  if (command.kind !== "restart") return null;
  return `Asked to stop, forced in ${durationWords(graceOf(command, graceMs))}`;
}

async function kill({ supervisor }: Acting): Promise<CommandResult> {
  const pid = supervisor.child?.pid;
  supervisor.child?.signal("SIGKILL");
  const exit = await supervisor.stop(0);
  if (!exit) return { ok: true, message: "No process ran; none will be started." };
  return { ok: true, message: `Process ${pid} ended ${exitWords(exit)} and stays down.` };
}

function hold({ supervisor, paused }: Acting, stop: boolean): CommandResult {
  const child = supervisor.child;
  if (!child?.signal(stop ? "SIGSTOP" : "SIGCONT")) return { ok: false, message: "No process runs now." };
  paused(stop);
  return { ok: true, message: stop ? `Process ${child.pid} stands still.` : `Process ${child.pid} goes on.` };
}

/** Does a command. Never rejects: a failure is a result. */
export async function act(command: CommandMessage, acting: Acting): Promise<CommandResult> {
  try {
    switch (command.kind) {
      case "restart": {
        acting.paused(false);
        return await acting.supervisor.restart(graceOf(command, acting.graceMs));
      }
      case "kill":
        return await kill(acting);
      case "health-check":
        return await acting.health();
      case "pause":
        return hold(acting, true);
      case "resume":
        return hold(acting, false);
      case "update-config":
        return {
          ok: false,
          message: "This agent runs under `mc run`, which cannot change its configuration yet.",
        };
    }
  } catch (error) {
    return { ok: false, message: `It failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * How a command ended that the last supervisor had begun when it was killed itself. It took its process down with
 * the orphan, and a new process was started: which is what a restart and a kill are for.
 */
export function resultAfterTakeover(kind: CommandKind): CommandResult {
  if (kind === "restart") {
    return {
      ok: true,
      message: "Its supervisor was replaced meanwhile: the old process is gone, a new one runs.",
    };
  }
  if (kind === "kill") {
    return { ok: true, message: "The process is gone. Its supervisor was then started again by its host." };
  }
  return { ok: false, message: "Its supervisor was replaced while it did this: how it ended is not known." };
}
