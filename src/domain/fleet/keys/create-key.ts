import { and, count, eq, isNull } from "drizzle-orm";
import { agentKeys } from "@/db/schema";
import { agentRows } from "@/domain/fleet/agents/find-agent";
import { type Ctx, conflict, demand, transact } from "@/domain/kernel";
import { insertKey } from "./insert-key";

/** One in use and one to change to: more would be forgotten keys. */
const mostKeys = 2;

/** A second key for rotation; the answer holds it this once. With two valid keys it is a `conflict`. */
export async function createKey(ctx: Ctx, agentId: string) {
  demand(ctx, "agents:manage");
  return transact(ctx, async (unit) => {
    const { agent } = await agentRows(ctx, agentId, unit.tx);
    const [valid] = await unit.tx
      .select({ keys: count() })
      .from(agentKeys)
      .where(and(eq(agentKeys.agentId, agentId), isNull(agentKeys.revokedAt)));
    if ((valid?.keys ?? 0) >= mostKeys) {
      throw conflict(
        "This agent has two valid keys already. Revoke the one that is no longer used, then make a new one.",
      );
    }
    const made = await insertKey(unit, ctx, agentId);
    unit.record({
      kind: "agent.key_created",
      target: { kind: "agent", id: agentId, name: agent.name },
      data: { keyId: made.id, prefix: made.prefix },
    });
    return {
      ...made,
      createdAt: made.createdAt.toISOString(),
      lastUsedAt: null,
      lastUsedFrom: null,
      rotatedAt: null,
      previous: null,
      revokedAt: null,
    };
  });
}
