import { and, eq, isNotNull } from "drizzle-orm";
import { totpFactors } from "@/db/schema";
import { type Ctx, conflict, transact } from "@/domain/kernel";
import { userTarget } from "@/domain/people/users/user-of";
import { demandFreshFactor } from "./demand-fresh-factor";
import { endSessions } from "./end-sessions";
import { ownUser } from "./own-user";

/** Takes one's own authenticator app away, with a fresh code of it. One's other sessions end. */
export async function removeTotp(ctx: Ctx): Promise<void> {
  const { user, sessionId } = await ownUser(ctx);
  await demandFreshFactor(ctx, "factor.remove-app");
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
