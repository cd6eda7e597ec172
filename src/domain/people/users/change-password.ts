import { eq } from "drizzle-orm";
import { passwordResets, users } from "@/db/schema";
import { type Ctx, demand, forbidden, notFound, Refusal, transact } from "@/domain/kernel";
import { demandGoodPassword } from "@/domain/people/passwords";
import { endSessions } from "@/domain/people/second-factor/end-sessions";
import { type Attempts, placeOf } from "@/domain/people/sessions/attempts";
import { hashPassword, verifyPassword } from "@/platform/crypto";
import { type UserRow, userByIdentifier, userRow, userTarget } from "./user-of";

/**
 * Own password: the current one must be known; every other session of the user ends. Wrong tries are counted for each
 * address, and for each user wherever they come from: whoever found an open browser must not guess on. `too-many` says
 * when to try again.
 */
export async function changeOwnPassword(
  ctx: Ctx,
  input: { current: string; password: string },
  { sessionId, ip }: { sessionId: string | null; ip: string | null },
  attempts: Attempts,
): Promise<void> {
  if (ctx.actor.kind !== "user") throw forbidden("Only a signed-in person has a password to change.");
  const row = await userRow(ctx, ctx.actor.id);
  const key = `own password of ${row.id}`;
  const place = placeOf(ip);
  await attempts.take(place, "change");
  await attempts.take(key, "login");
  if (!(await verifyPassword(row.passwordHash ?? "", input.current))) {
    throw new Refusal("forbidden", "The current password is not right; nothing was changed.", {
      fields: [{ path: "current", message: "is not your password; nothing was changed" }],
    });
  }
  await attempts.forget(key, "login");
  await attempts.forget(place, "change");
  await storePassword(ctx, row, input.password, sessionId);
}

/** The rescue path: a new password for whoever has this address; all sessions end, a disabled user stays so. */
export async function resetPassword(ctx: Ctx, email: string, password: string): Promise<{ id: string }> {
  demand(ctx, "users:manage");
  const row = await userByIdentifier(ctx.db.orm, email);
  if (!row || row.accountId !== ctx.account) throw notFound("user");
  await storePassword(ctx, row, password, null);
  return { id: row.id };
}

/** Judges and keeps it; every session of the user ends, all but `except`. */
export async function storePassword(ctx: Ctx, row: UserRow, password: string, except: string | null) {
  demandGoodPassword(password, row);
  const passwordHash = await hashPassword(password);
  await transact(ctx, async (unit) => {
    await unit.tx
      .update(users)
      .set({ passwordHash, failedLogins: 0, lockedUntil: null })
      .where(eq(users.id, row.id));
    // A link that was mailed before must not undo this.
    await unit.tx.delete(passwordResets).where(eq(passwordResets.userId, row.id));
    const sessionsEnded = await endSessions(ctx, unit, row.id, except);
    unit.record({
      kind: "security.password_changed",
      target: userTarget(row),
      data: { sessionsEnded },
    });
  });
}
