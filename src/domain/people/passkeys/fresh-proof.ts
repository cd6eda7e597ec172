import { and, eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { type Ctx, Refusal } from "@/domain/kernel";
import { demandFreshFactor, freshMs } from "@/domain/people/second-factor/demand-fresh-factor";
import { methodsOf } from "@/domain/people/second-factor/factor-of";
import type { Attempts } from "@/domain/people/sessions/attempts";
import type { UserRow } from "@/domain/people/users/user-of";
import { verifyPassword } from "@/platform/crypto";

/**
 * A new way in is made only by who just proved to be the person: by a fresh second factor where there is one, else by
 * signing in within ten minutes or by the password now. Else an open browser would be enough to stay for good.
 */
export async function demandFreshProof(
  ctx: Ctx,
  user: UserRow,
  password: string | undefined,
  sessionId: string,
  attempts: Attempts,
): Promise<void> {
  if ((await methodsOf(ctx.db.orm, user.id)).length > 0) return demandFreshFactor(ctx, "passkey.add");
  if (await isFresh(ctx, user, sessionId)) return;
  if (!user.passwordHash) {
    throw new Refusal(
      "forbidden",
      "It has been a while since you signed in. Sign in again, then add the passkey.",
    );
  }
  if (!password) throw passwordRefusal("is needed: it has been a while since you signed in");
  const key = `own password of ${user.id}`;
  await attempts.take(key, "login");
  if (!(await verifyPassword(user.passwordHash, password))) {
    throw passwordRefusal("is not your password; nothing was changed");
  }
  await attempts.forget(key, "login");
}

async function isFresh(ctx: Ctx, user: UserRow, sessionId: string): Promise<boolean> {
  const [session] = await ctx.db.orm
    .select({ createdAt: sessions.createdAt })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, user.id)));
  return session !== undefined && ctx.clock.now().getTime() - session.createdAt.getTime() < freshMs;
}

const passwordRefusal = (message: string) =>
  new Refusal("forbidden", "Your password is needed to add a passkey; nothing was changed.", {
    fields: [{ path: "password", message }],
  });
