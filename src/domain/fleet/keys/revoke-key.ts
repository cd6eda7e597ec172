import { and, eq, isNull } from "drizzle-orm";
import { agentKeys } from "@/db/schema";
import { agentRows } from "@/domain/fleet/agents/find-agent";
import { type Ctx, demand, notFound, transact } from "@/domain/kernel";

/** Ends a key: connections that came in by it fall at once, on every instance. A repeat changes nothing. */
export async function revokeKey(ctx: Ctx, agentId: string, keyId: string): Promise<void> {
  demand(ctx, "agents:manage");
  await transact(ctx, async (unit) => {
    const { agent } = await agentRows(ctx, agentId, unit.tx);
    const own = and(eq(agentKeys.agentId, agentId), eq(agentKeys.id, keyId));
    const [revoked] = await unit.tx
      .update(agentKeys)
      .set({ revokedAt: ctx.clock.now() })
      .where(and(own, isNull(agentKeys.revokedAt)))
      .returning({ prefix: agentKeys.prefix });
    if (!revoked) {
      const [known] = await unit.tx.select({ id: agentKeys.id }).from(agentKeys).where(own);
      if (!known) throw notFound("key of this agent");
      return;
    }
    unit.record({
      kind: "agent.key_revoked",
      target: { kind: "agent", id: agentId, name: agent.name },
      data: { keyId, prefix: revoked.prefix },
    });
    unit.afterCommit(() => ctx.bus.publish("keys.revoked", { agentId, keyId }));
  });
}
