import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import { blankAgent } from "@/contracts/wire/blank-agent";
import type { BoardAlert } from "@/contracts/wire/board-fold";

/** An agent for tests: online and working unless said otherwise. */
export function sampleAgent(id: string, fields: Partial<Agent> = {}): Agent {
  const at = "2026-03-12T14:00:00.000Z";
  return { ...blankAgent, id, name: id, status: "online", activity: "working", statusSince: at, ...fields };
}

/** A restart by Mira for tests: queued unless said otherwise. */
export function sampleCommand(id: string, agentId: string, fields: Partial<Command> = {}): Command {
  return {
    id,
    batchId: "batch",
    agentId,
    agentName: agentId,
    kind: "restart",
    args: {},
    reason: "Memory grows",
    state: "queued",
    requestedBy: { kind: "user", id: "mira", name: "Mira" },
    requestedAt: "2026-03-12T14:00:00.000Z",
    deadlineAt: "2026-03-12T14:15:00.000Z",
    sentAt: null,
    acknowledgedAt: null,
    runningAt: null,
    finishedAt: null,
    progress: null,
    message: null,
    ...fields,
  };
}

/** An alert for tests: a critical one about an offline agent that nobody has, unless said otherwise. */
export function sampleAlert(id: string, fields: Partial<BoardAlert> = {}): BoardAlert {
  return {
    id,
    ruleId: "rul_1",
    ruleVersion: 1,
    ruleName: "Any agent is offline",
    kind: "offline",
    severity: "critical",
    state: "firing",
    subject: { kind: "agent", id: "agt_1", name: "nightly-export" },
    agentId: "agt_1",
    group: "cron-workers",
    host: "kepler-04",
    tags: [],
    labels: {},
    summary: "Silent since 14:01:38.",
    value: null,
    since: "2026-03-12T14:01:38.000Z",
    firedAt: "2026-03-12T14:01:45.000Z",
    resolvedAt: null,
    resolution: null,
    lastKnown: "part 7 of 12",
    status: "offline",
    flapping: false,
    runbook: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    acknowledgedNote: null,
    assignedTo: null,
    snoozedUntil: null,
    snoozedBy: null,
    ...fields,
  };
}
