import { and, eq, isNull } from "drizzle-orm";
import { agentCertificates } from "@/db/schema";
import { agentRows } from "@/domain/fleet/agents/find-agent";
import { type Ctx, demand, notFound, transact } from "@/domain/kernel";

/** Ends a certificate: connections that came in by it fall at once, on every instance. A repeat changes nothing. */
export async function revokeCertificate(ctx: Ctx, agentId: string, serial: string): Promise<void> {
  demand(ctx, "agents:manage");
  await transact(ctx, async (unit) => {
    const { agent } = await agentRows(ctx, agentId, unit.tx);
    const own = and(eq(agentCertificates.agentId, agentId), eq(agentCertificates.serial, serial));
    const [revoked] = await unit.tx
      .update(agentCertificates)
      .set({ revokedAt: ctx.clock.now() })
      .where(and(own, isNull(agentCertificates.revokedAt)))
      .returning({ fingerprint: agentCertificates.fingerprint });
    if (!revoked) {
      const [known] = await unit.tx
        .select({ serial: agentCertificates.serial })
        .from(agentCertificates)
        .where(own);
      if (!known) throw notFound("certificate of this agent");
      return;
    }
    unit.record({
      kind: "security.certificate_revoked",
      target: { kind: "agent", id: agentId, name: agent.name },
      data: { serial, fingerprint: revoked.fingerprint },
    });
    unit.afterCommit(() => ctx.bus.publish("keys.revoked", { agentId, keyId: serial }));
  });
}
