import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import { blankAgent } from "@/contracts/wire/blank-agent";

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
