import { ssoSessions } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import type { UserRow } from "@/domain/people/users";
import { sha256Hex } from "@/platform/crypto";
import type { Person } from "./person";

export const refreshPurpose = "sso-refresh-token";

/** Keeps what moves the session's end on, sealed; it goes when the session goes. `token` is the session's. */
export async function keepRefreshToken(
  ctx: Ctx,
  token: string,
  user: UserRow,
  person: Pick<Person, "issuer" | "subject">,
  refreshToken: string,
): Promise<void> {
  await ctx.db.orm.insert(ssoSessions).values({
    sessionId: sha256Hex(token),
    accountId: user.accountId,
    userId: user.id,
    issuer: person.issuer,
    subject: person.subject,
    sealedRefreshToken: ctx.sealer.seal(refreshToken, refreshPurpose),
    renewedAt: ctx.clock.now(),
  });
}
