import { eq } from "drizzle-orm";
import { passkeys, totpFactors } from "@/db/schema";
import { type Ctx, demand, notFound, transact } from "@/domain/kernel";
import { revokeRefreshTokens } from "@/domain/people/oauth/refresh-tokens";
import { userByEmail, userTarget } from "@/domain/people/users/user-of";
import { endSessions } from "./end-sessions";

/**
 * The rescue path: takes the authenticator app and the passkeys of whoever has this address away and ends every
 * session, for the admin who lost the phone. Answers whether there was anything to take.
 */
export async function disableSecondFactor(
  ctx: Ctx,
  email: string,
): Promise<{ id: string; removed: boolean }> {
  demand(ctx, "users:manage");
  const user = await userByEmail(ctx.db.orm, email);
  if (!user || user.accountId !== ctx.account) throw notFound("user");
  return transact(ctx, async (unit) => {
    const apps = await unit.tx
      .delete(totpFactors)
      .where(eq(totpFactors.userId, user.id))
      .returning({ confirmedAt: totpFactors.confirmedAt });
    const keys = await unit.tx
      .delete(passkeys)
      .where(eq(passkeys.userId, user.id))
      .returning({ id: passkeys.id });
    const hadApp = apps.some(({ confirmedAt }) => confirmedAt !== null);
    if (!hadApp && keys.length === 0) return { id: user.id, removed: false };
    const sessionsEnded = await endSessions(ctx, unit, user.id, null);
    await revokeRefreshTokens(ctx, unit, user.id);
    unit.record({
      kind: "security.second_factor_removed",
      target: userTarget(user),
      data: { by: "rescue", app: hadApp, passkeys: keys.length, sessionsEnded },
    });
    return { id: user.id, removed: true };
  });
}
