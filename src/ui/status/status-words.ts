import type { Activity, AgentStatus } from "@/contracts/fleet/status";

/** What a person tells apart: an online agent is what it does, every other one is its status. */
export type StatusKey = Activity | Exclude<AgentStatus, "online">;

export type StatusTone = "online" | "working" | "waiting" | "stuck" | "offline" | "unknown" | "transition";

export type StatusShapeName =
  | "working"
  | "idle"
  | "waiting"
  | "stuck"
  | "offline"
  | "unknown"
  | "transition"
  | "paused"
  | "stopped"
  | "never";

interface StatusLook {
  word: string;
  shape: StatusShapeName;
  tone: StatusTone;
  /** 0 is the worst. Fixed, so that lists and counts always stand in the same order. */
  rank: number;
  /** Someone should look: the word is coloured too, not only the shape. */
  loud: boolean;
}

const looks: Record<StatusKey, StatusLook> = {
  offline: { word: "Offline", shape: "offline", tone: "offline", rank: 0, loud: true },
  stuck: { word: "Stuck", shape: "stuck", tone: "stuck", rank: 1, loud: true },
  waiting: { word: "Waiting", shape: "waiting", tone: "waiting", rank: 2, loud: true },
  unknown: { word: "Unknown", shape: "unknown", tone: "unknown", rank: 3, loud: false },
  restarting: { word: "Restarting…", shape: "transition", tone: "transition", rank: 4, loud: true },
  stopping: { word: "Stopping…", shape: "transition", tone: "transition", rank: 5, loud: true },
  updating: { word: "Updating…", shape: "transition", tone: "transition", rank: 6, loud: true },
  working: { word: "Working", shape: "working", tone: "working", rank: 7, loud: false },
  idle: { word: "Idle", shape: "idle", tone: "online", rank: 8, loud: false },
  paused: { word: "Paused", shape: "paused", tone: "unknown", rank: 9, loud: false },
  stopped: { word: "Stopped", shape: "stopped", tone: "unknown", rank: 10, loud: false },
  "never-connected": { word: "Never connected", shape: "never", tone: "unknown", rank: 11, loud: false },
};

/** All keys, the worst first. */
export const statusKeys: readonly StatusKey[] = [
  "offline",
  "stuck",
  "waiting",
  "unknown",
  "restarting",
  "stopping",
  "updating",
  "working",
  "idle",
  "paused",
  "stopped",
  "never-connected",
];

/** An agent that is online and has not said what it does counts as idle. */
export function statusKey(status: AgentStatus, activity?: Activity | null): StatusKey {
  return status === "online" ? (activity ?? "idle") : status;
}

export function statusLook(key: StatusKey): StatusLook {
  return looks[key];
}

/** The word on the badge: "Working", "Offline", "Restarting…". */
export function statusWord(status: AgentStatus, activity?: Activity | null): string {
  return looks[statusKey(status, activity)].word;
}

/** Order of rows: 0 is the worst. */
export function statusRank(status: AgentStatus, activity?: Activity | null): number {
  return looks[statusKey(status, activity)].rank;
}

export function statusTone(status: AgentStatus, activity?: Activity | null): StatusTone {
  return looks[statusKey(status, activity)].tone;
}

/** What is meant, in a sentence, for legends and empty filters. */
export const statusMeanings: Record<StatusKey, string> = {
  offline: "silent past its threshold",
  stuck: "beats, has work, no progress",
  waiting: "asks a human something",
  unknown: "Mission Control cannot know",
  restarting: "asked to stop and start again",
  stopping: "asked to stop",
  updating: "takes a new config",
  working: "has work and makes progress",
  idle: "beats, has nothing to do",
  paused: "on purpose, by a person",
  stopped: "ended on purpose",
  "never-connected": "made, not yet seen",
};
