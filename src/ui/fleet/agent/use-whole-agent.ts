"use client";

import { useState } from "react";
import type { Agent } from "@/contracts/fleet/agent";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { useAgent, useLoaded } from "../../live/hooks";

/** `gone`: the name of one that was removed while somebody looked at it. */
export type WholeAgent = { agent: Agent } | { waiting: true } | { missing: string } | { gone: string };

/**
 * How often the API is asked again while somebody looks at an agent that beats. Progress would be new in nearly every
 * beat, so the board does not carry it to everybody: the few who read it ask for it.
 */
const renewMs = 3_000;

/**
 * An agent as its page and its evidence need it: live from the board, and what the board leaves out (progress; in a
 * large fleet key, session and command line) from the API.
 */
export function useWholeAgent(id: string): WholeAgent {
  const live = useAgent(id);
  const loaded = useLoaded();
  const beats = live?.status === "online";
  const { data, error } = trpc.agents.get.useQuery(
    { id },
    { staleTime: renewMs, refetchInterval: beats ? renewMs : false },
  );
  const [seen, setSeen] = useState<Pick<Agent, "id" | "name"> | null>(null);
  if (live && (seen?.id !== id || seen.name !== live.name)) setSeen({ id, name: live.name });
  if (live) return { agent: data ? merged(data, live) : live };
  // On the board once and now not: it was removed, and what the API said of it is from before.
  if (loaded && seen?.id === id) return { gone: seen.name };
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
    progressAt: newest(live.progressAt, full.progressAt),
    metrics: { ...full.metrics, cpuPercent: live.metrics.cpuPercent, memoryBytes: live.metrics.memoryBytes },
    evidence: {
      ...live.evidence,
      keyPrefix: live.evidence.keyPrefix ?? full.evidence.keyPrefix,
      pid: live.evidence.pid ?? (sameSession ? full.evidence.pid : null),
      sessionId: live.evidence.sessionId ?? full.evidence.sessionId,
    },
  };
}

/** The board's is of the moment when the agent got stuck, or got on; the answer's is a few seconds old. */
function newest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(one) >= Date.parse(other) ? one : other;
}
