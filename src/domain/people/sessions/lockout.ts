import { and, eq, isNull, lte, or, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import { type Ctx, type Ground, tooMany, type Unit } from "@/domain/kernel";
import { type UserRow, userTarget } from "@/domain/people/users";
import { inWords } from "./attempts";
import { signInRules } from "./sign-in-rules";

/**
 * Counts a wrong password; the last one in a row locks the account. While it is locked nothing is counted, so that
 * guessing on does not prolong it.
 */
export async function countWrongPassword(
  ctx: Ctx,
  unit: Unit,
  row: UserRow,
  ip: string | null,
): Promise<void> {
  const { maxFailures, lockoutMs } = signInRules(ctx);
  const now = ctx.clock.now();
  const [counted] = await unit.tx
    .update(users)
    .set({ failedLogins: sql`${users.failedLogins} + 1` })
    .where(and(eq(users.id, row.id), or(isNull(users.lockedUntil), lte(users.lockedUntil, now))))
    .returning({ failures: users.failedLogins });
  if (!counted || counted.failures < maxFailures) return;
  const lockedUntil = new Date(now.getTime() + lockoutMs);
  await unit.tx.update(users).set({ failedLogins: 0, lockedUntil }).where(eq(users.id, row.id));
  unit.record({
    kind: "security.account_locked",
    target: userTarget(row),
    data: { failures: counted.failures, until: lockedUntil.toISOString(), ip },
  });
}

/** Forgets what was counted: the right password was given, to an account that is not locked. */
export async function forgetWrongPasswords(ctx: Ctx, row: UserRow): Promise<void> {
  if (row.failedLogins === 0 && !row.lockedUntil) return;
  await ctx.db.orm.update(users).set({ failedLogins: 0, lockedUntil: null }).where(eq(users.id, row.id));
}

export const isLocked = (ctx: Pick<Ground, "clock">, row: Pick<UserRow, "lockedUntil">): boolean =>
  row.lockedUntil !== null && row.lockedUntil > ctx.clock.now();

/** Refuses whoever knows the password of a locked account, and says until when. Nobody else may hear it. */
export function demandUnlocked(ctx: Pick<Ground, "clock">, row: UserRow): void {
  if (!row.lockedUntil || !isLocked(ctx, row)) return;
  const leftMs = row.lockedUntil.getTime() - ctx.clock.now().getTime();
  const until = row.lockedUntil.toISOString().slice(11, 16);
  throw tooMany(
    `This account is locked until ${until} UTC, because wrong passwords were tried too often. Try again in ${inWords(leftMs)}, or ask an admin to unlock it.`,
    leftMs,
  );
}
