import { and, asc, eq, gt } from "drizzle-orm";
import type { Page, PageQuery } from "@/contracts/kernel/page";
import type { MachineClient } from "@/contracts/people/oauth";
import { oauthClients } from "@/db/schema";
import { type Ctx, demand, notFound, transact } from "@/domain/kernel";
import { clientOf } from "./client-of";

/** Clients in order of creation, revoked ones too: the log speaks of them. The cursor is the last one's id. */
export async function findClients(ctx: Ctx, query: PageQuery): Promise<Page<MachineClient>> {
  demand(ctx, "users:manage");
  const rows = await ctx.db.orm
    .select()
    .from(oauthClients)
    .where(
      and(
        eq(oauthClients.accountId, ctx.account),
        query.cursor ? gt(oauthClients.id, query.cursor) : undefined,
      ),
    )
    .orderBy(asc(oauthClients.id))
    .limit(query.limit + 1);
  const items = rows.slice(0, query.limit).map(clientOf);
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

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
    if (row.revokedAt) return clientOf(row);
    const revokedAt = ctx.clock.now();
    await unit.tx.update(oauthClients).set({ revokedAt }).where(eq(oauthClients.id, id));
    unit.record({
      kind: "security.client_revoked",
      target: { kind: "client", id, name: row.name },
      after: { revokedAt: revokedAt.toISOString() },
    });
    unit.afterCommit(() => ctx.bus.publish("sessions.revoked", { sessionIds: [id], reason: "revoked" }));
    return clientOf({ ...row, revokedAt });
  });
}
