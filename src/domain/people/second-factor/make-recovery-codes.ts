import { eq } from "drizzle-orm";
import { recoveryCodes } from "@/db/schema";
import { type Ctx, Refusal, transact, type Unit } from "@/domain/kernel";
import type { Attempts } from "@/domain/people/sessions/attempts";
import { type UserRow, userTarget } from "@/domain/people/users/user-of";
import { hashPassword, verifyPassword } from "@/platform/crypto";
import { demandFreshFactor } from "./demand-fresh-factor";
import { methodsOf } from "./factor-of";
import { ownUser } from "./own-user";
import { codesPerSet, newRecoveryCode } from "./recovery-code";

/** A new set, plain and as argon2id hashes; slow on purpose, so never inside a transaction. */
export async function newRecoveryCodes(ctx: Ctx): Promise<{ plain: string[]; hashes: string[] }> {
  const plain = Array.from({ length: codesPerSet }, () => newRecoveryCode(ctx.ids));
  return { plain, hashes: await Promise.all(plain.map(hashPassword)) };
}

/** Puts a set in the place of the one before, with its fact. */
export async function replaceRecoveryCodes(
  ctx: Ctx,
  unit: Unit,
  user: UserRow,
  hashes: readonly string[],
): Promise<void> {
  await unit.tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, user.id));
  await unit.tx.insert(recoveryCodes).values(
    hashes.map((hash) => ({
      id: ctx.ids.id("rec"),
      accountId: user.accountId,
      userId: user.id,
      hash,
      createdAt: ctx.clock.now(),
    })),
  );
  unit.record({
    kind: "security.recovery_codes_made",
    target: userTarget(user),
    data: { count: hashes.length },
  });
}

/**
 * Ten new recovery codes, shown this once; the old ones are void. Whoever has them can set a new password, so a
 * found browser must not get them: it takes a fresh second factor, or the password of those who have no factor.
 */
export async function makeRecoveryCodes(
  ctx: Ctx,
  current: string | undefined,
  attempts: Attempts,
): Promise<{ recoveryCodes: string[] }> {
  const { user } = await ownUser(ctx);
  if ((await methodsOf(ctx.db.orm, user.id)).length > 0) await demandFreshFactor(ctx, "recovery-codes.make");
  else await demandPassword(user, current, attempts);
  const codes = await newRecoveryCodes(ctx);
  await transact(ctx, (unit) => replaceRecoveryCodes(ctx, unit, user, codes.hashes));
  return { recoveryCodes: codes.plain };
}

async function demandPassword(user: UserRow, current: string | undefined, attempts: Attempts): Promise<void> {
  const key = `own password of ${user.id}`;
  await attempts.take(key, "change");
  if (current !== undefined && (await verifyPassword(user.passwordHash ?? "", current))) {
    await attempts.forget(key, "change");
    return;
  }
  throw new Refusal("forbidden", "Your password is not right; no codes were made.", {
    fields: [{ path: "current", message: "is not your password" }],
  });
}
