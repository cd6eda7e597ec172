import type { CommandUpdate } from "@/contracts/wire/agent";
import type { StatusEvent } from "@/domain/fleet/agents";
import type { CommandRow } from "./command-of";

/** SIGTERM to SIGKILL, unless the command says otherwise. */
const defaultGraceMs = 10_000;
/** What a program may need to come up, or to go down, beyond its grace time. */
const changeMs = 60_000;

/** Time in ms that the program gets to end by itself. */
export const graceMsOf = (row: Pick<CommandRow, "args">) => row.args.graceMs ?? defaultGraceMs;

/** What a command's progress means for the status of its agent; null for most. Every change gets a deadline. */
export function statusEventOf(row: CommandRow, state: CommandUpdate["state"], now: Date): StatusEvent | null {
  const { kind } = row;
  const why = (what: string) => `${what}, asked for by ${row.requestedBy.name}: ${row.reason}`;
  const deadlineAt = new Date(now.getTime() + graceMsOf(row) + changeMs);
  const changes = kind === "restart" || kind === "kill" || kind === "update-config";
  if (state === "running") {
    if (kind === "restart")
      return { kind: "began", status: "restarting", deadlineAt, why: why("Restarting") };
    if (kind === "kill") return { kind: "began", status: "stopping", deadlineAt, why: why("Stopping") };
    if (kind === "update-config") {
      return { kind: "began", status: "updating", deadlineAt, why: why("Updating its configuration") };
    }
  }
  if (state === "failed" && changes) return { kind: "ended", why: `The ${kind} failed.` };
  // A kill that succeeded ends with the agent's goodbye or its silence, not with its word.
  if (state === "succeeded") {
    if (kind === "restart" || kind === "update-config") {
      return { kind: "ended", why: why(kind === "restart" ? "Restarted" : "Updated") };
    }
    if (kind === "pause") return { kind: "paused", why: why("Paused") };
    if (kind === "resume") return { kind: "ended", why: why("Resumed") };
  }
  return null;
}
