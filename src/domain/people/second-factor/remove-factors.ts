import { eq } from "drizzle-orm";
import { passkeys, totpFactors } from "@/db/schema";
import { type Ctx, conflict, demand, transact, type Unit } from "@/domain/kernel";
import { type UserRow, userRow, userTarget } from "@/domain/people/users/user-of";
import { demandFreshFactor } from "./demand-fresh-factor";
import { endSessions } from "./end-sessions";

/**
 * Takes another person's authenticator app and passkeys away, for somebody who lost the phone: they sign in with the
 * password alone until they set one up again, at once where their role must have one. Every session of theirs ends.
 * Answers whether there was anything to take. One's own factors are removed on one's own page.
 */
export async function removeSecondFactor(ctx: Ctx, id: string): Promise<{ removed: boolean }> {
  demand(ctx, "users:manage");
  await demandFreshFactor(ctx, "user.remove-factors");
  if (ctx.actor.kind === "user" && ctx.actor.id === id) {
    throw conflict("These are your own: remove them under Second factor.");
  }
  const user = await userRow(ctx, id);
  return transact(ctx, async (unit) => ({ removed: await removeFactors(ctx, unit, user) }));
}

/** App, passkeys and sessions of this user, with the fact. Who had none leaves none. */
export async function removeFactors(ctx: Ctx, unit: Unit, user: UserRow): Promise<boolean> {
  const apps = await unit.tx
    .delete(totpFactors)
    .where(eq(totpFactors.userId, user.id))
    .returning({ confirmedAt: totpFactors.confirmedAt });
  const keys = await unit.tx
    .delete(passkeys)
    .where(eq(passkeys.userId, user.id))
    .returning({ id: passkeys.id });
  const hadApp = apps.some(({ confirmedAt }) => confirmedAt !== null);
  if (!hadApp && keys.length === 0) return false;
  const sessionsEnded = await endSessions(ctx, unit, user.id, null);
  unit.record({
    kind: "security.second_factor_removed",
    target: userTarget(user),
    before: { app: hadApp, passkeys: keys.length },
    after: { app: false, passkeys: 0 },
    data: { by: ctx.actor.kind === "system" ? "rescue" : "admin", sessionsEnded },
  });
  return true;
}
