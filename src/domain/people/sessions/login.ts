import type { User } from "@/contracts/people/user";
import { type Ctx, transact, unauthenticated } from "@/domain/kernel";
import { askSecondFactor, type SecondFactorNext } from "@/domain/people/second-factor/ask-second-factor";
import { rehashPassword, type UserRow, userByIdentifier, userOf, userTarget } from "@/domain/people/users";
import { hashPassword, verifyPassword } from "@/platform/crypto";
import { type Attempts, placeOf } from "./attempts";
import { beginSession, type Visitor } from "./begin-session";
import { countWrongPassword, demandUnlocked, forgetWrongPasswords, isLocked } from "./lockout";
import { unhurried } from "./unhurried";

/** Hash that no password has, so that an unknown name costs as much as a wrong password. */
let decoy: Promise<string> | undefined;

/**
 * Signs in and answers the session's token, or the ticket by which a second factor finishes it. Unknown name, wrong
 * password and disabled user get one and the same answer after the same time; the audit log alone knows which it was.
 * Whoever knows the password of a locked account hears until when.
 */
export async function login(
  ctx: Ctx,
  input: { identifier: string; password: string },
  visitor: Visitor,
  attempts: Attempts,
): Promise<{ user: User; token: string } | SecondFactorNext> {
  return unhurried(ctx.clock, async () => {
    const place = placeOf(visitor.ip);
    await attempts.take(place, "login");
    const row = await userByIdentifier(ctx.db.orm, input.identifier);
    decoy ??= hashPassword(ctx.ids.secret("decoy"));
    const matches = await verifyPassword(row?.passwordHash ?? (await decoy), input.password);
    if (!row?.passwordHash || !matches || row.disabledAt) {
      await recordFailure(ctx, row, input.identifier, visitor);
      throw unauthenticated(
        "This username or e-mail address and this password do not fit together. Check both and try again.",
      );
    }
    if (isLocked(ctx, row)) await recordFailure(ctx, row, input.identifier, visitor);
    demandUnlocked(ctx, row);
    await attempts.forget(place, "login");
    await forgetWrongPasswords(ctx, row);
    await rehashPassword(ctx, row, input.password);
    const next = await askSecondFactor(ctx, row);
    if (next) return next;
    const token = await beginSession(ctx, row, visitor, { cameBy: "password" });
    return { user: userOf({ ...row, lastLoginAt: ctx.clock.now() }), token };
  });
}

async function recordFailure(ctx: Ctx, row: UserRow | undefined, typed: string, visitor: Visitor) {
  // People type their password into the wrong field: what is no address does not go into the log.
  const identifier = row?.email ?? (/^[^\s@]+@[^\s@]+$/.test(typed) ? typed : "(not an e-mail address)");
  const actor = { kind: "anonymous" as const, id: visitor.ip ?? "unknown", name: identifier };
  const because = !row
    ? "unknown user"
    : row.disabledAt
      ? "disabled user"
      : isLocked(ctx, row)
        ? "locked account"
        : "wrong password";
  await transact({ ...ctx, account: row?.accountId ?? ctx.account, actor, role: null }, async (unit) => {
    if (row && because === "wrong password") await countWrongPassword(ctx, unit, row, visitor.ip);
    unit.record({
      kind: "security.login_failed",
      target: row ? userTarget(row) : null,
      data: { identifier, because, ip: visitor.ip, userAgent: visitor.userAgent?.slice(0, 300) ?? null },
    });
  });
}
