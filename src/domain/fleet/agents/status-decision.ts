import type { FactKind } from "@/contracts/facts";
import type { Agent } from "@/contracts/fleet/agent";
import type { agentPresence } from "@/db/schema";

/** A fact to record: `fields` of the changed agent become its `after`. */
export type StatusFact = { kind: FactKind; fields: (keyof Agent)[]; data?: Record<string, unknown> };
/** What to write, and what to say of it. `null` instead of a decision: all is already so. */
export type Decision = { set: Partial<typeof agentPresence.$inferInsert>; facts: StatusFact[] };
