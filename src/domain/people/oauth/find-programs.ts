import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { SignedInProgram } from "@/contracts/people/oauth";
import { refreshTokens } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";

/**
 * The programs that act in one's own name since one let them in, the last used first. Of each family one token is
 * unspent: when and from where it was asked for is the program's last visit, true to the ten minutes of an access token.
 * `current` marks the one that asks.
 */
export async function findOwnPrograms(
  ctx: Ctx,
  currentFamily: string | null = null,
): Promise<SignedInProgram[]> {
  const rows = await ctx.db.orm
    .select()
    .from(refreshTokens)
    .where(
      and(
        eq(refreshTokens.accountId, ctx.account),
        eq(refreshTokens.userId, ctx.actor.id),
        isNull(refreshTokens.usedAt),
        isNull(refreshTokens.revokedAt),
        gt(refreshTokens.expiresAt, ctx.clock.now()),
      ),
    )
    .orderBy(desc(refreshTokens.createdAt));
  return rows.map((row) => ({
    id: row.family,
    name: row.clientName,
    ip: row.ip,
    signedInAt: row.signedInAt.toISOString(),
    lastUsedAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    current: row.family === currentFamily,
  }));
}
