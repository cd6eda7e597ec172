import { and, eq, isNull } from "drizzle-orm";
import type { Agent } from "@/contracts/fleet/agent";
import type { Tx } from "@/db/client";
import { agents } from "@/db/schema";
import { type Ctx, demand, notFound } from "@/domain/kernel";
import { type AgentRows, agentOf } from "./agent-of";
import { selectAgents } from "./select-agents";

/** One agent of the account; `not-found` also when it is another account's. */
export async function findAgent(ctx: Ctx, id: string, silentAfterMs?: number): Promise<Agent> {
  demand(ctx, "board:read");
  return agentOf(await agentRows(ctx, id), silentAfterMs);
}

/** Its rows, for verbs; inside a transaction when they will be changed. */
export async function agentRows(
  ctx: Ctx,
  id: string,
  tx: Tx | Ctx["db"]["orm"] = ctx.db.orm,
): Promise<AgentRows> {
  const [row] = await selectAgents(tx).where(
    and(eq(agents.accountId, ctx.account), eq(agents.id, id), isNull(agents.removedAt)),
  );
  if (!row) throw notFound("agent");
  return row;
}
