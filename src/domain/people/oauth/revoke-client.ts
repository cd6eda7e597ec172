import { and, eq } from "drizzle-orm";
import type { MachineClient } from "@/contracts/people/oauth";
import { oauthClients } from "@/db/schema";
import { type Ctx, demand, notFound, transact } from "@/domain/kernel";
import { clientOf } from "./client-of";

/** It gets no token any more, and those that it has open nothing from the next request on. */
export async function revokeClient(ctx: Ctx, id: string): Promise<MachineClient> {
  demand(ctx, "users:manage");
  return transact(ctx, async (unit) => {
    const [row] = await unit.tx
      .select()
      .from(oauthClients)
      .where(and(eq(oauthClients.accountId, ctx.account), eq(oauthClients.id, id)))
      .for("update");
    if (!row) throw notFound("client");
    const revokedAt = ctx.clock.now();
    if (row.revokedAt) return clientOf(row, revokedAt);
    await unit.tx.update(oauthClients).set({ revokedAt }).where(eq(oauthClients.id, id));
    unit.record({
      kind: "security.client_revoked",
      target: { kind: "client", id, name: row.name },
      before: { revokedAt: null },
      after: { revokedAt: revokedAt.toISOString() },
    });
    unit.afterCommit(() => ctx.bus.publish("sessions.revoked", { sessionIds: [id], reason: "revoked" }));
    return clientOf({ ...row, revokedAt }, revokedAt);
  });
}
