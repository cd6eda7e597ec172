import { and, eq, isNull } from "drizzle-orm";
import { joinTokens } from "@/db/schema";
import { type Ctx, demand, notFound, transact } from "@/domain/kernel";

/** Ends a token; agents that it enrolled stay. A repeat changes nothing. */
export async function revokeJoinToken(ctx: Ctx, id: string): Promise<void> {
  demand(ctx, "agents:manage");
  await transact(ctx, async (unit) => {
    const own = and(eq(joinTokens.accountId, ctx.account), eq(joinTokens.id, id));
    const [revoked] = await unit.tx
      .update(joinTokens)
      .set({ revokedAt: ctx.clock.now() })
      .where(and(own, isNull(joinTokens.revokedAt)))
      .returning({ prefix: joinTokens.prefix });
    if (!revoked) {
      const [known] = await unit.tx.select({ id: joinTokens.id }).from(joinTokens).where(own);
      if (!known) throw notFound("join token");
      return;
    }
    unit.record({ kind: "join_token.revoked", target: { kind: "token", id, name: revoked.prefix } });
  });
}
