import type { Command } from "@/contracts/fleet/command";
import { openCommandStates } from "@/contracts/fleet/command-states";
import { formatDuration, shortDuration } from "../../format/duration";
import { shortClockTime } from "../../format/exact-time";
import { toMs } from "../../format/instant";

export function isOpen(command: Pick<Command, "state">): boolean {
  return openCommandStates.includes(command.state);
}

/** What happened last to a command, after its state's word: "asked to stop, forced in 48 s". */
export function lastWord(command: Command, nowMs: number): string {
  const { state, message } = command;
  if (state === "queued") return `agent is away, kept until ${shortClockTime(command.deadlineAt)}`;
  if (state === "sent") return `not acknowledged yet, kept until ${shortClockTime(command.deadlineAt)}`;
  if (state === "awaiting-approval") return "a second admin is asked";
  if (state === "acknowledged") return "the agent has it";
  if (state === "running") return message ?? runningWord(command, nowMs);
  if (state === "expired") return message ?? "not acknowledged in time, so it was not done";
  return message ?? "";
}

function runningWord(command: Command, nowMs: number): string {
  const { graceMs } = command.args;
  if (command.kind !== "restart" || graceMs === undefined) return "under way";
  const leftMs = toMs(command.runningAt ?? command.requestedAt) + graceMs - nowMs;
  return leftMs > 0 ? `asked to stop, forced in ${shortDuration(leftMs)}` : "forced to stop, starting again";
}

/** How long it took, or has been going on: "8.4 s". */
export function tookWord(command: Command, nowMs: number): string {
  if (nowMs === 0 && !command.finishedAt) return "";
  const endMs = command.finishedAt ? toMs(command.finishedAt) : nowMs;
  const tookMs = endMs - toMs(command.requestedAt);
  return command.finishedAt ? formatDuration(tookMs) : shortDuration(tookMs);
}
