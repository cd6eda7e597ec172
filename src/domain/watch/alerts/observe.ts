import { z } from "zod";
import type { Fact } from "@/contracts/facts";
import type { AgentStatus } from "@/contracts/fleet/status";
import { agentStatusSchema } from "@/contracts/fleet/status";
import { cleanText, cutText } from "@/contracts/kernel/text";
import type { Observation } from "../rules/decide";

/** What a fact says to the rules: who, what was seen, and the words that an alert about it keeps. */
export type Sighting = {
  agentId: string;
  agentName: string;
  seen: Observation["seen"];
  by: string | null;
  at: Date;
  since: Date;
  status: AgentStatus;
  host: string | null;
  lastKnown: string | null;
};

const saidSchema = z
  .object({
    statusSince: z.string().optional(),
    status: agentStatusSchema.optional(),
    host: z.string().nullish(),
  })
  .catch({});
const dataSchema = z
  .object({ lastBeatAt: z.string().nullish(), task: z.string().nullish(), host: z.string().nullish() })
  .catch({});
const evidenceSchema = z.object({ evidence: z.object({ decidedBy: z.string() }) });

const alive: readonly AgentStatus[] = ["online", "paused", "restarting", "updating", "stopping"];

/**
 * What a fact means for rules about agents; null when nothing. Falling silent is one kind of fact; the end of it is
 * read from the status that a fact brings, whichever kind, so that no way back can leave an alert firing.
 * `unknown` ends nothing: when we can't see, we don't claim that the trouble is over.
 */
export function observe(fact: Fact): Sighting | null {
  if (fact.target?.kind !== "agent") return null;
  const said = saidSchema.parse(fact.after ?? {});
  const data = dataSchema.parse(fact.data ?? {});
  const seen = seenIn(fact, said.status);
  if (!seen) return null;
  const at = new Date(fact.at);
  const since = new Date(data.lastBeatAt ?? said.statusSince ?? fact.at);
  return {
    agentId: fact.target.id,
    agentName: fact.target.name,
    seen,
    by: fact.actor.kind === "user" || fact.actor.kind === "token" ? fact.actor.name : null,
    at,
    since: Number.isNaN(since.getTime()) ? at : since,
    status: said.status ?? (seen === "offline" ? "offline" : seen === "back" ? "online" : "stopped"),
    host: data.host ?? said.host ?? null,
    lastKnown: lastKnownOf(fact, data.task ?? null),
  };
}

function seenIn(fact: Fact, status: AgentStatus | undefined): Observation["seen"] | null {
  if (fact.kind === "agent.went_offline") return "offline";
  if (fact.kind === "agent.removed") return "removed";
  if (fact.kind === "agent.came_online") return "back";
  if (fact.kind === "agent.stopped" || status === "stopped") return "stopped";
  return status && alive.includes(status) ? "back" : null;
}

function lastKnownOf(fact: Fact, task: string | null): string | null {
  const evidence = evidenceSchema.safeParse(fact.after);
  const parts = [
    task ? `Last task: ${task}` : null,
    evidence.success ? evidence.data.evidence.decidedBy : null,
  ];
  const text = parts.filter((part) => part !== null).join(" · ");
  return text ? cutText(cleanText(text), 1_000) : null;
}
