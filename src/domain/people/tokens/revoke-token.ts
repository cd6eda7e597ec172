import { and, eq } from "drizzle-orm";
import type { ApiToken } from "@/contracts/people/user";
import { apiTokens, users } from "@/db/schema";
import { type Ctx, notFound, transact } from "@/domain/kernel";
import { reachable } from "./reachable";
import { tokenOf } from "./token-of";

/** Takes effect with the next request; revoking again changes nothing. */
export async function revokeToken(ctx: Ctx, id: string): Promise<ApiToken> {
  return transact(ctx, async (unit) => {
    const [row] = await unit.tx
      .select()
      .from(apiTokens)
      .where(and(reachable(ctx), eq(apiTokens.id, id)))
      .for("update");
    if (!row) throw notFound("token");
    const [maker] = row.createdBy
      ? await unit.tx.select({ name: users.name }).from(users).where(eq(users.id, row.createdBy))
      : [];
    const madeBy = maker?.name ?? null;
    if (row.revokedAt) return tokenOf(row, madeBy);
    const revokedAt = ctx.clock.now();
    await unit.tx.update(apiTokens).set({ revokedAt }).where(eq(apiTokens.id, id));
    unit.record({
      kind: "security.token_revoked",
      target: { kind: "token", id, name: row.name },
      before: { revokedAt: null },
      after: { revokedAt: revokedAt.toISOString() },
    });
    return tokenOf({ ...row, revokedAt }, madeBy);
  });
}
