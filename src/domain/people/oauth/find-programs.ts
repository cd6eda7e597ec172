import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { SignedInProgram } from "@/contracts/people/oauth";
import { refreshTokens } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { userRow } from "@/domain/people/users/user-of";

/**
 * The programs that act in one's own name since one let them in, the last used first. `current` marks the one that
 * asks.
 */
export const findOwnPrograms = (ctx: Ctx, currentFamily: string | null = null): Promise<SignedInProgram[]> =>
  programsOf(ctx, ctx.actor.id, currentFamily);

/** The same of anybody in the account, for those who manage people. */
export async function findProgramsOf(ctx: Ctx, userId: string): Promise<SignedInProgram[]> {
  demand(ctx, "users:manage");
  await userRow(ctx, userId);
  return programsOf(ctx, userId, null);
}

/**
 * Of each family one token is unspent: when and from where it was asked for is the program's last visit, true to the
 * ten minutes of an access token.
 */
async function programsOf(
  ctx: Ctx,
  userId: string,
  currentFamily: string | null,
): Promise<SignedInProgram[]> {
  const rows = await ctx.db.orm
    .select()
    .from(refreshTokens)
    .where(
      and(
        eq(refreshTokens.accountId, ctx.account),
        eq(refreshTokens.userId, userId),
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
