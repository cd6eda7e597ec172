import { and, eq, isNull } from "drizzle-orm";
import { sessions, totpFactors } from "@/db/schema";
import { type Ctx, conflict, transact } from "@/domain/kernel";
import type { Attempts } from "@/domain/people/sessions/attempts";
import { userTarget } from "@/domain/people/users/user-of";
import { endSessions } from "./end-sessions";
import { newRecoveryCodes, replaceRecoveryCodes } from "./make-recovery-codes";
import { ownUser } from "./own-user";
import { stepOfCode, totpPurpose } from "./totp";
import { wrongCode } from "./wrong-code";

/**
 * Switches the second factor on: the code proves that the app has the secret. Answers ten new recovery codes, shown
 * this once. The person's other sessions end, since they were begun without it; this one counts as fresh.
 */
export async function confirmTotp(
  ctx: Ctx,
  code: string,
  attempts: Attempts,
): Promise<{ recoveryCodes: string[] }> {
  const { user, sessionId } = await ownUser(ctx);
  const key = `confirming the app of ${user.id}`;
  await attempts.take(key);
  const waiting = and(eq(totpFactors.userId, user.id), isNull(totpFactors.confirmedAt));
  const [factor] = await ctx.db.orm.select().from(totpFactors).where(waiting);
  if (!factor) throw conflict("There is no authenticator app to confirm. Begin to set one up first.");
  const now = ctx.clock.now();
  const step = stepOfCode(ctx.sealer.open(factor.sealedSecret, totpPurpose), code, now);
  if (step === null) throw wrongCode("invalid");
  await attempts.forget(key);
  const codes = await newRecoveryCodes(ctx);
  await transact(ctx, async (unit) => {
    const confirmed = await unit.tx
      .update(totpFactors)
      .set({ confirmedAt: now, lastStep: step })
      .where(and(waiting, eq(totpFactors.sealedSecret, factor.sealedSecret)))
      .returning({ userId: totpFactors.userId });
    if (confirmed.length === 0) throw conflict("This setup was replaced by another one. Begin again.");
    await unit.tx.update(sessions).set({ stepUpAt: now }).where(eq(sessions.id, sessionId));
    await replaceRecoveryCodes(ctx, unit, user, codes.hashes);
    const sessionsEnded = await endSessions(ctx, unit, user.id, sessionId);
    unit.record({
      kind: "security.second_factor_added",
      target: userTarget(user),
      data: { method: "totp", sessionsEnded },
    });
  });
  return { recoveryCodes: codes.plain };
}
