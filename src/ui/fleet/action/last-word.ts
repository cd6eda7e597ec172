import type { Command } from "@/contracts/fleet/command";
import { openCommandStates } from "@/contracts/fleet/command-states";
import { formatDuration, shortDuration } from "../../format/duration";
import { calendarDate, clockTime, shortClockTime } from "../../format/exact-time";
import { toMs } from "../../format/instant";

export function isOpen(command: Pick<Command, "state">): boolean {
  return openCommandStates.includes(command.state);
}

/** What happened last to a command, after its state's word: "asked to stop, forced in 48 s". */
export function lastWord(command: Command, nowMs: number): string {
  const { state, message } = command;
  const until = deadlineWord(toMs(command.deadlineAt), nowMs);
  if (state === "queued") return `agent is away, kept until ${until}`;
  if (state === "sent") return `not acknowledged yet, kept until ${until}`;
  if (state === "awaiting-approval") return "a second admin is asked";
  if (state === "acknowledged") return "the agent has it";
  if (state === "running") return countdown(command, nowMs) ?? percentAnd(command);
  if (state === "expired") return message ?? "not acknowledged in time, so it was not done";
  return message ?? "";
}

const shortWaitMs = 5 * 60_000;

/** Until when a command waits: with seconds where they matter, with its day where it is not today's. */
export function deadlineWord(deadlineMs: number, nowMs: number): string {
  const time = deadlineMs - nowMs < shortWaitMs ? clockTime(deadlineMs) : shortClockTime(deadlineMs);
  const date = calendarDate(deadlineMs);
  return nowMs > 0 && date !== calendarDate(nowMs) ? `${date}, ${time}` : time;
}

const unitMs = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };

/**
 * A restart that gives its process time to end. Counted here: an agent says once, as it begins, how long that is, and
 * what it says else stands as it is.
 */
function countdown({ kind, args, message, runningAt }: Command, nowMs: number): string | null {
  const [, amount, unit] = /forced in ([\d.]+) (ms|s|min|h)\b/i.exec(message ?? "") ?? [];
  if (kind !== "restart" || !runningAt || (message && !amount)) return null;
  const saidMs = Number(amount) * unitMs[unit as keyof typeof unitMs];
  const graceMs = args.graceMs ?? (amount ? saidMs : null);
  if (graceMs === null) return null;
  const leftMs = toMs(runningAt) + graceMs - nowMs;
  if (leftMs <= 0) return "forced to stop, starting again";
  return `asked to stop, forced in ${leftMs < 60_000 ? shortDuration(leftMs) : formatDuration(leftMs)}`;
}

/** "42 %, copying the index". */
function percentAnd({ progress, message }: Command): string {
  const percent = progress === null ? null : `${Math.floor(progress)} %`;
  return [percent, message].filter(Boolean).join(", ") || "under way";
}

/** How long it took, or has been going on: "8.4 s". */
export function tookWord(command: Command, nowMs: number): string {
  if (nowMs === 0 && !command.finishedAt) return "";
  const endMs = command.finishedAt ? toMs(command.finishedAt) : nowMs;
  const tookMs = endMs - toMs(command.requestedAt);
  return command.finishedAt ? formatDuration(tookMs) : shortDuration(tookMs);
}
