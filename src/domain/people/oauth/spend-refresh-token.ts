import { and, eq } from "drizzle-orm";
import type { TokenAnswer } from "@/contracts/people/oauth";
import type { Permission } from "@/contracts/people/role";
import { refreshTokens, users } from "@/db/schema";
import { type Ctx, transact } from "@/domain/kernel";
import { type UserRow, userTarget } from "@/domain/people/users/user-of";
import { sha256Hex } from "@/platform/crypto";
import { answerForPerson } from "./answer-for-person";
import { makeRefreshToken, type RefreshRow, revokeFamily } from "./refresh-tokens";
import { OAuthRefusal } from "./refusal";
import { grantedScopes } from "./scopes";

const over = () =>
  new OAuthRefusal(
    "invalid_grant",
    "This refresh token is unknown, used, revoked or too old. Sign in again.",
  );

type Spent = { row: RefreshRow; user: UserRow; scopes: Permission[]; next: string };

/**
 * A refresh token for a new one and an access token. One that was used before is in two hands: its whole family is
 * revoked, and the log says so. An answer that got lost therefore means to sign in again; a second chance for it
 * would be one for a thief too.
 */
export async function spendRefreshToken(
  ctx: Ctx,
  { issuer, ip }: { issuer: string; ip: string | null },
  token: string,
  asked: readonly Permission[] | null,
): Promise<TokenAnswer> {
  const spent = await transact(ctx, async (unit): Promise<Spent | null> => {
    const [row] = await unit.tx
      .select()
      .from(refreshTokens)
      .where(eq(refreshTokens.hash, sha256Hex(token)))
      .for("update");
    if (!row || row.revokedAt) return null;
    const [user] = await unit.tx
      .select()
      .from(users)
      .where(and(eq(users.id, row.userId), eq(users.accountId, row.accountId)));
    if (!user || user.disabledAt) return null;
    if (row.usedAt) {
      await revokeFamily(ctx, unit, row.family);
      unit.record({
        kind: "security.refresh_reused",
        target: userTarget(user),
        data: { client: row.clientName, family: row.family },
      });
      return null;
    }
    const now = ctx.clock.now();
    if (row.expiresAt <= now) return null;
    // Refuses before the token is spent: a wrong wish must not cost the family.
    const scopes = grantedScopes(user.role, row.scopes, asked);
    await unit.tx.update(refreshTokens).set({ usedAt: now }).where(eq(refreshTokens.hash, row.hash));
    return { row, user, scopes, next: await makeRefreshToken(ctx, unit.tx, { ...row, ip }) };
  });
  if (!spent) throw over();
  return answerForPerson(ctx, issuer, spent);
}
