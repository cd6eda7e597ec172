import type { AgentStatus } from "@/contracts/fleet/status";
import type { Subject } from "@/contracts/watch/alert";

/** What was seen: trouble, none, nothing at all (no data), or trouble while looking. */
export type Truth = "bad" | "good" | "none" | "error";

/** The agent that a subject is or belongs to, as the alert keeps it. */
export type WatchedAgent = {
  id: string;
  name: string;
  group: string | null;
  host: string | null;
  tags: string[];
  status: AgentStatus;
};

/**
 * What one rule sees of one subject at one moment. Made by the readers of this folder, out of what is stored only, so
 * that a rehearsal makes the same ones.
 */
export type Observation = {
  ruleId: string;
  subject: Subject;
  agent: WatchedAgent | null;
  /** The moment that it tells of, by the server's clock: of the fact, the end of the minute, the hit. */
  at: Date;
  truth: Truth;
  /** When that which is seen began: the last beat, the beginning of the minute. */
  since: Date;
  /** The number that was judged, where one was. */
  value: number | null;
  /** In a sentence for people: what is wrong or, of `good`, why it is over. */
  summary: string;
  lastKnown: string | null;
  /** Of a counted condition (restarts, lines, failures): how many of them this is. */
  count: number;
  /** Nothing more will be seen of it (the agent was removed, stopped on purpose): it ends at once, without delay. */
  final?: boolean;
};

/** So many, more or less, are judged in one transaction: each makes two changes at most. */
export const mostSeen = 1_000;

/** `kind:id`, the key of a subject among the states of a rule. */
export const subjectKey = ({ kind, id }: Pick<Subject, "kind" | "id">): string => `${kind}:${id}`;
