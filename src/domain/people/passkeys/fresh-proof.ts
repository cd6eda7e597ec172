import { and, eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { type Ctx, Refusal } from "@/domain/kernel";
import type { Attempts } from "@/domain/people/sessions/attempts";
import type { UserRow } from "@/domain/people/users";
import { verifyPassword } from "@/platform/crypto";

/** How long a sign-in or a step-up proves that the person still sits there. */
const freshMs = 10 * 60_000;

/**
 * A new way in is made only by who just proved to be the person: by signing in or stepping up within ten minutes, or
 * by the password now. Else an open browser would be enough to stay for good.
 */
export async function demandFreshProof(
  ctx: Ctx,
  user: UserRow,
  password: string | undefined,
  sessionId: string | null,
  attempts: Attempts,
): Promise<void> {
  if (sessionId && (await isFresh(ctx, user, sessionId))) return;
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
    .select({ createdAt: sessions.createdAt, stepUpAt: sessions.stepUpAt })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, user.id)));
  if (!session) return false;
  const provedMs = Math.max(session.createdAt.getTime(), session.stepUpAt?.getTime() ?? 0);
  return ctx.clock.now().getTime() - provedMs < freshMs;
}

const passwordRefusal = (message: string) =>
  new Refusal("forbidden", "Your password is needed to add a passkey; nothing was changed.", {
    fields: [{ path: "password", message }],
  });
