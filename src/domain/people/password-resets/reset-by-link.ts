import { and, eq, gt, isNull } from "drizzle-orm";
import { passwordResets, users } from "@/db/schema";
import { type Ctx, Refusal, transact } from "@/domain/kernel";
import { demandGoodPassword } from "@/domain/people/passwords";
import { endSessions } from "@/domain/people/second-factor/end-sessions";
import { type Attempts, placeOf, unhurried, type Visitor } from "@/domain/people/sessions";
import { type UserRow, userTarget } from "@/domain/people/users";
import { hashPassword, sha256Hex } from "@/platform/crypto";

const gone = () =>
  new Refusal(
    "not-found",
    "This link sets no password any more: it was used, is older than 30 minutes, or is not whole. Ask for a new one.",
    { link: "gone" },
  );

/**
 * Sets the password of whoever holds a mailed link, which works once; other links of the person are void with it and
 * every session ends. Nobody is signed in by it, and a second factor stays on: who has the mail has not the phone.
 * A weak password leaves the link as it was. The person hears of it by a letter about the fact.
 */
export async function resetPasswordByLink(
  ctx: Ctx,
  { token, password }: { token: string; password: string },
  visitor: Visitor,
  attempts: Attempts,
): Promise<void> {
  await unhurried(ctx.clock, async () => {
    const key = `reset ${placeOf(visitor.ip)}`;
    await attempts.take(key, "recover");
    const found = await findLink(ctx, token);
    if (!found) throw gone();
    await attempts.forget(key, "recover");
    demandGoodPassword(password, found.user);
    await usePasswordLink(ctx, found, await hashPassword(password), visitor);
  });
}

type Link = { id: string; user: UserRow };

async function findLink(ctx: Ctx, token: string): Promise<Link | undefined> {
  const [found] = await ctx.db.orm
    .select({ id: passwordResets.id, user: users })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(
      and(
        eq(passwordResets.hash, sha256Hex(token)),
        isNull(passwordResets.usedAt),
        gt(passwordResets.expiresAt, ctx.clock.now()),
        isNull(users.disabledAt),
      ),
    );
  return found;
}

async function usePasswordLink(
  ctx: Ctx,
  { id, user }: Link,
  passwordHash: string,
  visitor: Visitor,
): Promise<void> {
  const actor = { kind: "user" as const, id: user.id, name: user.name };
  await transact({ ...ctx, account: user.accountId, actor, role: null }, async (unit) => {
    const usedAt = ctx.clock.now();
    const used = await unit.tx
      .update(passwordResets)
      .set({ usedAt })
      .where(and(eq(passwordResets.userId, user.id), isNull(passwordResets.usedAt)))
      .returning({ id: passwordResets.id });
    // Two browsers with one link: the second finds it used.
    if (!used.some((link) => link.id === id)) throw gone();
    await unit.tx
      .update(users)
      .set({ passwordHash, failedLogins: 0, lockedUntil: null })
      .where(eq(users.id, user.id));
    const sessionsEnded = await endSessions(ctx, unit, user.id, null);
    unit.record({
      kind: "security.password_reset",
      target: userTarget(user),
      data: { ip: visitor.ip, sessionsEnded },
    });
  });
}
