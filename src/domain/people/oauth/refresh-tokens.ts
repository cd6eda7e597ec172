import { and, eq, isNull, lt, ne, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { refreshTokens } from "@/db/schema";
import type { Ground, Unit } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import { refreshTokenMs } from "./lifetimes";

export type RefreshRow = typeof refreshTokens.$inferSelect;
/** What a token has in common with the one before it. */
type Kept = "accountId" | "family" | "userId" | "clientName" | "scopes" | "signedInAt" | "ip";

/** The next token of a family, stored as a hash; what expired long ago is swept out on the way. */
export async function makeRefreshToken(
  { clock, ids }: Pick<Ground, "clock" | "ids">,
  tx: Tx,
  given: Pick<RefreshRow, Kept>,
): Promise<string> {
  const token = ids.secret("mcr");
  const now = clock.now();
  await tx
    .delete(refreshTokens)
    .where(and(eq(refreshTokens.userId, given.userId), lt(refreshTokens.expiresAt, now)));
  const { accountId, family, userId, clientName, scopes, signedInAt, ip } = given;
  await tx.insert(refreshTokens).values({
    accountId,
    family,
    userId,
    clientName,
    scopes,
    signedInAt,
    ip,
    hash: sha256Hex(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + refreshTokenMs),
  });
  return token;
}

/** From now on no token of the family opens anything, nor do the access tokens that came by them. */
export const revokeFamily = (ctx: Pick<Ground, "clock" | "bus">, unit: Unit, family: string) =>
  revokeWhere(ctx, unit, eq(refreshTokens.family, family));

/**
 * Ends what a person's programs were let in by. For whatever ends the person's sessions everywhere: a new password,
 * a disabled user, a changed second factor. `except`: the family that stays.
 */
export const revokeRefreshTokens = (
  ctx: Pick<Ground, "clock" | "bus">,
  unit: Unit,
  userId: string,
  except: string | null = null,
) =>
  revokeWhere(
    ctx,
    unit,
    and(eq(refreshTokens.userId, userId), except ? ne(refreshTokens.family, except) : undefined),
  );

/** Answers how many families ended; their sockets fall at once. */
async function revokeWhere(
  { clock, bus }: Pick<Ground, "clock" | "bus">,
  unit: Unit,
  which: SQL | undefined,
) {
  const revoked = await unit.tx
    .update(refreshTokens)
    .set({ revokedAt: clock.now() })
    .where(and(which, isNull(refreshTokens.revokedAt)))
    .returning({ family: refreshTokens.family });
  const sessionIds = [...new Set(revoked.map(({ family }) => family))];
  if (sessionIds.length > 0) {
    unit.afterCommit(() => bus.publish("sessions.revoked", { sessionIds, reason: "revoked" }));
  }
  return sessionIds.length;
}
