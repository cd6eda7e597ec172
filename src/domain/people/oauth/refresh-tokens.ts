import { and, eq, isNull, lt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { refreshTokens } from "@/db/schema";
import type { Ground, Unit } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import { refreshTokenMs } from "./lifetimes";

export type RefreshRow = typeof refreshTokens.$inferSelect;

/** The next token of a family, stored as a hash; what expired long ago is swept out on the way. */
export async function makeRefreshToken(
  { clock, ids }: Pick<Ground, "clock" | "ids">,
  tx: Tx,
  given: Pick<RefreshRow, "accountId" | "family" | "userId" | "clientName" | "scopes">,
): Promise<string> {
  const token = ids.secret("mcr");
  const now = clock.now();
  await tx
    .delete(refreshTokens)
    .where(and(eq(refreshTokens.userId, given.userId), lt(refreshTokens.expiresAt, now)));
  await tx.insert(refreshTokens).values({
    ...given,
    hash: sha256Hex(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + refreshTokenMs),
  });
  return token;
}

/** From now on no token of the family opens anything, nor do the access tokens that came by them. */
export async function revokeFamily(clock: Ground["clock"], tx: Tx, family: string): Promise<number> {
  const revoked = await tx
    .update(refreshTokens)
    .set({ revokedAt: clock.now() })
    .where(and(eq(refreshTokens.family, family), isNull(refreshTokens.revokedAt)))
    .returning({ hash: refreshTokens.hash });
  return revoked.length;
}

/**
 * Ends what a person's programs were let in by. For whatever ends the person's sessions everywhere: a new password,
 * a disabled user, "end all sessions".
 */
export async function revokeRefreshTokens(clock: Ground["clock"], unit: Unit, userId: string): Promise<void> {
  await unit.tx
    .update(refreshTokens)
    .set({ revokedAt: clock.now() })
    .where(and(eq(refreshTokens.userId, userId), isNull(refreshTokens.revokedAt)));
}
