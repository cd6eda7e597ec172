import type { Agent } from "@/contracts/fleet/agent";
import type { agentPresence, agents } from "@/db/schema";

/** Least silence, in ms, after which an agent counts as offline, however fast it beats. */
export const leastSilentAfterMs = 6_000;

/** The rows that an `Agent` is made of. */
export type AgentRows = {
  agent: typeof agents.$inferSelect;
  group: string | null;
  presence: typeof agentPresence.$inferSelect;
};

/** The one mapper from rows to the `Agent` of the contracts: board, API and facts all show what it answers. */
export function agentOf(rows: AgentRows, silentAfterMs: number = leastSilentAfterMs): Agent {
  const { agent, group, presence } = rows;
  const lastBeatAt = iso(presence.lastBeatAt);
  return {
    id: agent.id,
    name: agent.name,
    group,
    tags: agent.tags,
    status: presence.status,
    // What it did before it fell silent is in `task`; an activity is only said of an agent that is there.
    activity: presence.status === "online" ? presence.activity : null,
    statusSince: presence.statusSince.toISOString(),
    host: presence.host,
    pid: presence.pid,
    version: presence.version,
    sessionId: presence.sessionId,
    commandLine: presence.commandLine,
    lastBeatAt,
    progressAt: iso(presence.progressAt),
    task: presence.task,
    metrics: {
      cpuPercent: presence.cpuPercent,
      memoryBytes: presence.memoryBytes,
      diskUsedBytes: presence.diskUsedBytes,
      diskTotalBytes: presence.diskTotalBytes,
      netRxBytes: presence.netRxBytes,
      netTxBytes: presence.netTxBytes,
    },
    evidence: {
      lastBeatAt,
      keyPrefix: presence.keyPrefix,
      host: presence.host,
      pid: presence.pid,
      sessionId: presence.sessionId,
      decidedBy: presence.decidedBy,
      silentAfterMs,
    },
    createdAt: agent.createdAt.toISOString(),
  };
}

function iso(moment: Date | null): string | null {
  return moment ? moment.toISOString() : null;
}
