import { eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { agentPresence, agents, groups } from "@/db/schema";

/** Query of the rows that make an `Agent`; callers add their `where`, always with the account. */
export function selectAgents(from: Db["orm"] | Tx) {
  return from
    .select({ agent: agents, group: groups.name, presence: agentPresence })
    .from(agents)
    .innerJoin(agentPresence, eq(agentPresence.agentId, agents.id))
    .leftJoin(groups, eq(groups.id, agents.groupId))
    .$dynamic();
}
