import { and, eq, isNull } from "drizzle-orm";
import { agentCertificates, agentKeys, agents } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { agentRows } from "./find-agent";

/**
 * Takes an agent off the board for good: its keys and certificates stop working, its connection falls at once, its name is free
 * again. The row stays, so that the audit log and its history keep a name.
 */
export async function removeAgent(ctx: Ctx, id: string): Promise<void> {
  demand(ctx, "agents:manage");
  await transact(ctx, async (unit) => {
    const { agent } = await agentRows(ctx, id, unit.tx);
    const now = ctx.clock.now();
    const [removed] = await unit.tx
      .update(agents)
      .set({ removedAt: now })
      .where(and(eq(agents.accountId, ctx.account), eq(agents.id, id), isNull(agents.removedAt)))
      .returning({ id: agents.id });
    if (!removed) return;
    await unit.tx
      .update(agentKeys)
      .set({ revokedAt: now })
      .where(and(eq(agentKeys.agentId, id), isNull(agentKeys.revokedAt)));
    await unit.tx
      .update(agentCertificates)
      .set({ revokedAt: now })
      .where(and(eq(agentCertificates.agentId, id), isNull(agentCertificates.revokedAt)));
    unit.record({
      kind: "agent.removed",
      target: { kind: "agent", id, name: agent.name },
      before: { name: agent.name },
    });
    unit.afterCommit(() => ctx.bus.publish("keys.revoked", { agentId: id, keyId: null }));
  });
}
