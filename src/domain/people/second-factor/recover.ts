import { eq } from "drizzle-orm";
import type { User } from "@/contracts/people/user";
import { passwordResets, recoveryCodes, users } from "@/db/schema";
import { type Ctx, transact, unauthenticated } from "@/domain/kernel";
import { demandGoodPassword } from "@/domain/people/passwords";
import { type Attempts, placeOf } from "@/domain/people/sessions/attempts";
import { beginSession, type Visitor } from "@/domain/people/sessions/begin-session";
import { unhurried } from "@/domain/people/sessions/unhurried";
import { type UserRow, userByIdentifier, userOf, userTarget } from "@/domain/people/users/user-of";
import { hashPassword, verifyPassword } from "@/platform/crypto";
import { endSessions } from "./end-sessions";
import { codesPerSet, plainCode } from "./recovery-code";

/** Hash that no code has: every try costs as much as one against a whole set. */
let decoy: Promise<string> | undefined;

const refused = () =>
  unauthenticated(
    "This username or e-mail address and this recovery code do not fit together. Each code works once, and using one voids the others.",
  );

/**
 * A new password by a recovery code, also for those who lost their second factor. Every session ends and every other
 * code is void; the person is signed in anew, with a fresh second factor, so that a lost app can be replaced at once.
 * Unknown address, disabled user and wrong code get one answer after the same work and time.
 */
export async function recover(
  ctx: Ctx,
  input: { identifier: string; code: string; password: string },
  visitor: Visitor,
  attempts: Attempts,
): Promise<{ user: User; token: string }> {
  return unhurried(ctx.clock, async () => {
    // Judged by what was typed, before anything is looked up: this answer tells nothing of who exists.
    demandGoodPassword(input.password, { email: input.identifier, name: "" });
    const place = placeOf(visitor.ip);
    await attempts.take(place, "recover");
    const user = await userByIdentifier(ctx.db.orm, input.identifier);
    const codeId = await findCode(ctx, user, plainCode(input.code));
    if (!user || user.disabledAt || codeId === null) {
      await recordFailure(ctx, user, input.identifier, visitor);
      throw refused();
    }
    demandGoodPassword(input.password, user);
    await attempts.forget(place, "recover");
    await setPassword(ctx, user, codeId, await hashPassword(input.password), visitor);
    const token = await beginSession(ctx, user, visitor, { cameBy: "recovery-code", steppedUp: true });
    return { user: userOf({ ...user, lastLoginAt: ctx.clock.now() }), token };
  });
}

/** Compares with ten hashes at once, whoever it is: an unknown user has ten that fit nothing. */
async function findCode(ctx: Ctx, user: UserRow | undefined, code: string): Promise<string | null> {
  const kept = user
    ? await ctx.db.orm.select().from(recoveryCodes).where(eq(recoveryCodes.userId, user.id))
    : [];
  decoy ??= hashPassword(ctx.ids.secret("decoy"));
  const nothing = { id: null, hash: await decoy };
  const missing = Array.from({ length: Math.max(0, codesPerSet - kept.length) }, () => nothing);
  const found = await Promise.all(
    [...kept, ...missing].map(async ({ id, hash }) => ((await verifyPassword(hash, code)) ? id : null)),
  );
  return found.find((id) => id !== null) ?? null;
}

async function setPassword(ctx: Ctx, user: UserRow, codeId: string, passwordHash: string, visitor: Visitor) {
  const actor = { kind: "user" as const, id: user.id, name: user.name };
  await transact({ ...ctx, account: user.accountId, actor, role: user.role }, async (unit) => {
    const voided = await unit.tx
      .delete(recoveryCodes)
      .where(eq(recoveryCodes.userId, user.id))
      .returning({ id: recoveryCodes.id });
    // Two tries with codes of one set at the same moment: the set is gone for the second.
    if (!voided.some(({ id }) => id === codeId)) throw refused();
    await unit.tx
      .update(users)
      .set({ passwordHash, failedLogins: 0, lockedUntil: null })
      .where(eq(users.id, user.id));
    // A link that was mailed before must not undo this.
    await unit.tx.delete(passwordResets).where(eq(passwordResets.userId, user.id));
    const sessionsEnded = await endSessions(ctx, unit, user.id, null);
    const target = userTarget(user);
    unit.record(
      {
        kind: "security.recovery_code_used",
        target,
        data: { ip: visitor.ip, codesVoided: voided.length - 1 },
      },
      { kind: "security.password_changed", target, data: { by: "recovery code", sessionsEnded } },
    );
  });
}

async function recordFailure(ctx: Ctx, user: UserRow | undefined, identifier: string, visitor: Visitor) {
  const name = user?.email ?? identifier;
  const actor = { kind: "anonymous" as const, id: visitor.ip ?? "unknown", name };
  const because = !user ? "unknown user" : user.disabledAt ? "disabled user" : "wrong code";
  await transact({ ...ctx, account: user?.accountId ?? ctx.account, actor, role: null }, async (unit) => {
    unit.record({
      kind: "security.recovery_failed",
      target: user ? userTarget(user) : null,
      data: { identifier: name, because, ip: visitor.ip },
    });
  });
}
