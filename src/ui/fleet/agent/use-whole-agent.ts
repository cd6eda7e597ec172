"use client";

import type { Agent } from "@/contracts/fleet/agent";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { useAgent, useLoaded } from "../../live/hooks";

export type WholeAgent = { agent: Agent } | { waiting: true } | { missing: string };

/**
 * An agent as its page needs it: live from the board, and what a large fleet's board leaves out (key, session,
 * command line) from the API.
 */
export function useWholeAgent(id: string): WholeAgent {
  const live = useAgent(id);
  const loaded = useLoaded();
  const { data, error } = trpc.agents.get.useQuery({ id }, { staleTime: 60_000 });
  if (live) return { agent: data ? merged(data, live) : live };
  if (data) return { agent: data };
  if (error) return { missing: refusalOf(error).message };
  return loaded && data === null ? { missing: "There is no such agent." } : { waiting: true };
}

/** Live wins; what it does not know comes from the fuller answer. */
function merged(full: Agent, live: Agent): Agent {
  const sameSession = live.sessionId === null || live.sessionId === full.sessionId;
  return {
    ...live,
    pid: live.pid ?? (sameSession ? full.pid : null),
    sessionId: live.sessionId ?? full.sessionId,
    commandLine: live.commandLine ?? full.commandLine,
    progressAt: live.progressAt ?? full.progressAt,
    metrics: { ...full.metrics, cpuPercent: live.metrics.cpuPercent, memoryBytes: live.metrics.memoryBytes },
    evidence: {
      ...live.evidence,
      keyPrefix: live.evidence.keyPrefix ?? full.evidence.keyPrefix,
      pid: live.evidence.pid ?? (sameSession ? full.evidence.pid : null),
      sessionId: live.evidence.sessionId ?? full.evidence.sessionId,
    },
  };
}
