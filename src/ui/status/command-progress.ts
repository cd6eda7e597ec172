import type { CommandState } from "@/contracts/fleet/command";
import type { StatusShapeName, StatusTone } from "./status-words";

/** How one of the five steps is drawn. `void`: it will never be done. */
export type StepLook = "done" | "now" | "ahead" | "succeeded" | "failed" | "void";

/** What a command must tell for its progress. A `Command` of the contracts fits. */
export interface CommandProgress {
  state: CommandState;
  sentAt?: string | null;
  acknowledgedAt?: string | null;
  runningAt?: string | null;
}

export const stepNames = ["Requested", "Sent", "Acknowledged", "Running", "Done"] as const;

/** Steps that the command has behind it (1 to 4); the last step is its end. */
function reached({ state, sentAt, acknowledgedAt, runningAt }: CommandProgress): number {
  const live: Partial<Record<CommandState, number>> = {
    "awaiting-approval": 1,
    queued: 1,
    sent: 2,
    acknowledged: 3,
    running: 4,
    succeeded: 4,
    failed: 4,
  };
  return live[state] ?? (runningAt ? 4 : acknowledgedAt ? 3 : sentAt ? 2 : 1);
}

/** The five steps: requested, sent, acknowledged, running, done. */
export function commandSteps(command: CommandProgress): StepLook[] {
  const upTo = reached(command);
  const ended = command.state === "succeeded" || command.state === "failed";
  const given = command.state === "expired" || command.state === "cancelled";
  return stepNames.map((_, index): StepLook => {
    if (ended && index === 4) return command.state === "succeeded" ? "succeeded" : "failed";
    if (ended || index < upTo - 1) return index < upTo ? "done" : "ahead";
    if (index === upTo - 1) return given ? "done" : "now";
    return given ? "void" : "ahead";
  });
}

interface StateLook {
  word: string;
  shape: StatusShapeName;
  tone: StatusTone | "neutral";
}

/** Word, shape and colour of a command's state. Expired is not red: it was not done, nothing broke. */
export const commandStateLooks: Record<CommandState, StateLook> = {
  "awaiting-approval": { word: "Awaiting approval", shape: "waiting", tone: "waiting" },
  queued: { word: "Queued", shape: "transition", tone: "transition" },
  sent: { word: "Sent", shape: "transition", tone: "transition" },
  acknowledged: { word: "Acknowledged", shape: "transition", tone: "transition" },
  running: { word: "Running", shape: "transition", tone: "transition" },
  succeeded: { word: "Succeeded", shape: "idle", tone: "online" },
  failed: { word: "Failed", shape: "offline", tone: "offline" },
  expired: { word: "Expired", shape: "stopped", tone: "neutral" },
  cancelled: { word: "Cancelled", shape: "stopped", tone: "neutral" },
};
