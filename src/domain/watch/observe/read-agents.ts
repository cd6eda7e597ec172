import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { agentPresence, agents, groups } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { lastKnownOf } from "./news";
import type { WatchedAgent } from "./observation";

/** An agent as rules know it, with what was known of it last. */
export type KnownAgent = WatchedAgent & { lastKnown: string | null };

/** Agents by id, removed ones too, in one question however many they are. */
export async function readAgents(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, KnownAgent>> {
  if (ids.length === 0) return new Map();
  const wanted = JSON.stringify([...new Set(ids)]);
  const rows = await tx
    .select({
      id: agents.id,
      name: agents.name,
      group: groups.name,
      tags: agents.tags,
      host: agentPresence.host,
      status: agentPresence.status,
      task: agentPresence.task,
      decidedBy: agentPresence.decidedBy,
    })
    .from(agents)
    .leftJoin(agentPresence, eq(agentPresence.agentId, agents.id))
    .leftJoin(groups, eq(groups.id, agents.groupId))
    .where(
      and(
        eq(agents.accountId, ctx.account),
        sql`${agents.id} in (select jsonb_array_elements_text(${wanted}::jsonb))`,
      ),
    );
  return new Map(
    rows.map(({ task, decidedBy, status, ...row }) => [
      row.id,
      { ...row, status: status ?? "never-connected", lastKnown: lastKnownOf(task, decidedBy) },
    ]),
  );
}
