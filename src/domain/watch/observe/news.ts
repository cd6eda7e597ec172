import { z } from "zod";
import type { Fact } from "@/contracts/facts";
import type { Activity, AgentStatus } from "@/contracts/fleet/status";
import { activitySchema, agentStatusSchema } from "@/contracts/fleet/status";
import { cleanText, cutText } from "@/contracts/kernel/text";

/** What a fact says of an agent, as far as rules care. */
export type News = {
  kind: Fact["kind"];
  agentId: string;
  /** As the fact names it; of a command's fact the name is not known. */
  agentName: string | null;
  at: Date;
  /** The status that the fact brings and the one before it, where it says so. */
  status: AgentStatus | null;
  statusBefore: AgentStatus | null;
  /** Undefined: the fact says nothing of it. */
  activity: Activity | null | undefined;
  statusSince: Date | null;
  lastBeatAt: Date | null;
  progressAt: Date | null;
  task: string | null;
  host: string | null;
  /** Who did it, where a person or program did. */
  by: string | null;
  lastKnown: string | null;
  reason: string | null;
  /** Of a new session: when the agent told of the crash that it follows. Found by `Crashes`, null before. */
  crashedAt: Date | null;
  data: Record<string, unknown>;
  after: Record<string, unknown>;
};

/** What `newsOf` reads of a fact. */
export type ToldFact = Pick<
  Fact,
  "kind" | "at" | "actor" | "target" | "reason" | "before" | "after" | "data"
>;

const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .nullish()
  .catch(null);
const words = z.string().nullish().catch(null);
const status = agentStatusSchema.optional().catch(undefined);

const afterSchema = z.object({
  status,
  activity: activitySchema.nullish().catch(null),
  statusSince: moment,
  progressAt: moment,
  task: words,
  host: words,
  evidence: z.object({ decidedBy: words, host: words }).optional().catch(undefined),
});
const beforeSchema = z.object({ status });
const dataSchema = z.object({ lastBeatAt: moment, task: words, host: words, agentId: words });

/** Reads a fact about an agent or one of its commands; null for every other one. */
export function newsOf(fact: ToldFact): News | null {
  const { target } = fact;
  if (target?.kind !== "agent" && target?.kind !== "command") return null;
  const after = afterSchema.parse(fact.after ?? {});
  const data = dataSchema.parse(fact.data ?? {});
  const ofAgent = target.kind === "agent";
  const agentId = ofAgent ? target.id : data.agentId;
  if (!agentId) return null;
  const task = data.task ?? after.task ?? null;
  return {
    kind: fact.kind,
    agentId,
    agentName: ofAgent ? target.name : null,
    at: new Date(fact.at),
    status: ofAgent ? (after.status ?? null) : null,
    statusBefore: beforeSchema.parse(fact.before ?? {}).status ?? null,
    activity: after.activity,
    statusSince: after.statusSince ?? null,
    lastBeatAt: data.lastBeatAt ?? null,
    progressAt: after.progressAt ?? null,
    task,
    host: data.host ?? after.host ?? after.evidence?.host ?? null,
    by: fact.actor.kind === "user" || fact.actor.kind === "token" ? fact.actor.name : null,
    lastKnown: lastKnownOf(task, after.evidence?.decidedBy ?? null),
    reason: fact.reason,
    crashedAt: null,
    data: fact.data ?? {},
    after: fact.after ?? {},
  };
}

/** What is known of an agent at last, in a line; null when nothing is. */
export function lastKnownOf(task: string | null, decidedBy: string | null): string | null {
  const text = [task ? `Last task: ${task}` : null, decidedBy].filter((part) => part !== null).join(" · ");
  return text ? cutText(cleanText(text), 1_000) : null;
}

const alive: readonly AgentStatus[] = ["online", "paused", "restarting", "updating", "stopping"];

/** Whether the news say that the agent is there, by whichever fact: no way back may leave an alert firing. */
export function isBack({ kind, status }: News): boolean {
  return kind === "agent.came_online" || (status !== null && alive.includes(status));
}

export function isStopped({ kind, status }: News): boolean {
  return kind === "agent.stopped" || status === "stopped";
}

/** "Stopped on purpose by Mira": nobody is named where the agent said goodbye by itself. */
export function withAuthor(what: string, { by }: News): string {
  return by ? `${what} by ${by}` : what;
}
