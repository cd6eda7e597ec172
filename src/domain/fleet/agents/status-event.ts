import type { Activity, AgentStatus } from "@/contracts/fleet/status";

/** Who an agent says it is when it connects. */
export type SessionInfo = {
  sessionId: string;
  host: string | null;
  pid: number | null;
  version: string | null;
  commandLine: string | null;
  /** Prefix of the key that it came in by; null leaves what is known. */
  keyPrefix: string | null;
};

/** Everything that can change an agent's status. Times are the server's. */
export type StatusEvent =
  | { kind: "connected"; session: SessionInfo }
  | { kind: "beat"; activity: Activity; receivedAt: Date }
  | { kind: "bye"; sessionId: string; reason: string; exitCode: number | null; signal: string | null }
  /** A session that ended while it was not connected says so now; it may never have been seen. `endedAt`: its own clock. */
  | {
      kind: "late-bye";
      session: SessionInfo;
      endedAt: Date;
      reason: string;
      exitCode: number | null;
      signal: string | null;
    }
  /** No beat within its threshold, or not back after our own blindness. */
  | { kind: "silent"; silentForMs: number; why?: string }
  /** Not back at half of the grace after our own blindness: we cannot know. */
  | { kind: "lost-sight" }
  /** A transitional status reached its deadline while the agent still beats. */
  | { kind: "overdue" }
  /** A command begins to change it: `restarting`, `stopping`, `updating` end by `deadlineAt` at the latest. */
  | { kind: "began"; status: "restarting" | "stopping" | "updating"; deadlineAt: Date; why: string }
  | { kind: "paused"; why: string }
  /** The command that changed it, or paused it, is over and the agent is there. */
  | { kind: "ended"; why: string };

/** What the decision looks at. */
export type StatusBefore = {
  status: AgentStatus;
  statusSince: Date;
  statusDeadlineAt: Date | null;
  sessionId: string | null;
  activity: Activity | null;
  lastBeatAt: Date | null;
  connectedAt: Date | null;
  task: string | null;
  host: string | null;
};
