import { asc, isNull } from "drizzle-orm";
import type { Agent } from "@/contracts/fleet/agent";
import type { Db } from "@/db/client";
import { agents } from "@/db/schema";
import { agentOf } from "./agent-of";
import { selectAgents } from "./select-agents";

/** Every agent of every account, by name: what the board's memory starts from. */
export async function loadBoardAgents(
  db: Db,
  silentAfterMs?: number,
): Promise<{ account: string; agent: Agent }[]> {
  const rows = await selectAgents(db.orm).where(isNull(agents.removedAt)).orderBy(asc(agents.name));
  return rows.map((row) => ({ account: row.agent.accountId, agent: agentOf(row, silentAfterMs) }));
}
