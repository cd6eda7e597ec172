import { and, eq, isNotNull } from "drizzle-orm";
import { totpFactors } from "@/db/schema";
import { type Ctx, conflict, demand, notFound, transact } from "@/domain/kernel";
import { userByEmail, userTarget } from "@/domain/people/users/user-of";
import { demandFreshFactor } from "./demand-fresh-factor";
import { endSessions } from "./end-sessions";
import { ownUser } from "./own-user";

/** Takes one's own authenticator app away, with a fresh code of it. One's other sessions end. */
export async function removeTotp(ctx: Ctx): Promise<void> {
  const { user, sessionId } = await ownUser(ctx);
  await demandFreshFactor(ctx);
  await transact(ctx, async (unit) => {
    const gone = await unit.tx
      .delete(totpFactors)
      .where(and(eq(totpFactors.userId, user.id), isNotNull(totpFactors.confirmedAt)))
      .returning({ userId: totpFactors.userId });
    if (gone.length === 0) throw conflict("You have no authenticator app, so there is none to remove.");
    const sessionsEnded = await endSessions(ctx, unit, user.id, sessionId);
    unit.record({
      kind: "security.second_factor_removed",
      target: userTarget(user),
      data: { method: "totp", sessionsEnded },
    });
  });
}

/**
 * The rescue path: switches the second factor of whoever has this address off and ends every session, for the admin
 * who lost the phone. Answers whether there was one.
 */
export async function disableSecondFactor(
  ctx: Ctx,
  email: string,
): Promise<{ id: string; removed: boolean }> {
  demand(ctx, "users:manage");
  const user = await userByEmail(ctx.db.orm, email);
  if (!user || user.accountId !== ctx.account) throw notFound("user");
  return transact(ctx, async (unit) => {
    const gone = await unit.tx
      .delete(totpFactors)
      .where(eq(totpFactors.userId, user.id))
      .returning({ confirmedAt: totpFactors.confirmedAt });
    const removed = gone.some(({ confirmedAt }) => confirmedAt !== null);
    if (!removed) return { id: user.id, removed };
    const sessionsEnded = await endSessions(ctx, unit, user.id, null);
    unit.record({
      kind: "security.second_factor_removed",
      target: userTarget(user),
      data: { method: "totp", by: "rescue", sessionsEnded },
    });
    return { id: user.id, removed };
  });
}
