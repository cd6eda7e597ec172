import { and, eq, gt, sql } from "drizzle-orm";
import type { User } from "@/contracts/people/user";
import { challenges, users } from "@/db/schema";
import { type Ctx, unauthenticated } from "@/domain/kernel";
import { takeChallenge } from "@/domain/people/challenges";
import type { Attempts } from "@/domain/people/sessions/attempts";
import { beginSession, type Visitor } from "@/domain/people/sessions/begin-session";
import { unhurried } from "@/domain/people/sessions/unhurried";
import { type UserRow, userOf } from "@/domain/people/users/user-of";
import { sha256Hex } from "@/platform/crypto";
import { faultOfProof, methodOf, type Proof, wrongProof } from "./proof";
import { recordWrongProof } from "./record-wrong-proof";

/** Wrong proofs that end a ticket. */
const mostTries = 5;

export const over = () =>
  unauthenticated(
    "This sign-in is over: it took longer than five minutes, was used, or met five wrong proofs. Sign in again with your password.",
  );

/**
 * Finishes a sign-in by the ticket of the login and a proof; answers the session's token. Five wrong ones end the
 * ticket, and they are counted for the user besides, so that a new ticket gives no new tries.
 */
export async function finishLogin(
  ctx: Ctx,
  input: { ticket: string } & Proof,
  visitor: Visitor,
  attempts: Attempts,
): Promise<{ user: User; token: string }> {
  return unhurried(ctx.clock, async () => {
    const { user, tries } = await spendTry(ctx, input.ticket);
    const key = `second factor of ${user.id}`;
    await attempts.take(key);
    const fault = await faultOfProof(ctx, user, input);
    if (fault !== null) {
      if (tries >= mostTries) await takeChallenge(ctx, "second-factor", input.ticket);
      const method = methodOf(input);
      await recordWrongProof(ctx, user, { method, during: "sign-in", because: fault, ip: visitor.ip });
      throw tries >= mostTries ? over() : wrongProof(input, "unauthenticated");
    }
    if (!(await takeChallenge(ctx, "second-factor", input.ticket))) throw over();
    await attempts.forget(key);
    const token = await beginSession(ctx, user, visitor, { cameBy: "second-factor", steppedUp: true });
    return { user: userOf({ ...user, lastLoginAt: ctx.clock.now() }), token };
  });
}

/** Counts the try before the proof is looked at, in one statement: guesses at the same moment count one by one. */
async function spendTry(ctx: Ctx, ticket: string): Promise<{ user: UserRow; tries: number }> {
  const tries = sql<number>`coalesce((${challenges.data}->>'tries')::int, 0)`;
  const [spent] = await ctx.db.orm
    .update(challenges)
    .set({ data: sql`jsonb_build_object('tries', ${tries} + 1)` })
    .where(
      and(
        eq(challenges.hash, sha256Hex(ticket)),
        eq(challenges.kind, "second-factor"),
        gt(challenges.expiresAt, ctx.clock.now()),
        sql`${tries} < ${mostTries}`,
      ),
    )
    .returning({ userId: challenges.userId, tries });
  if (!spent?.userId) throw over();
  const [user] = await ctx.db.orm.select().from(users).where(eq(users.id, spent.userId));
  if (!user || user.disabledAt) throw over();
  return { user, tries: spent.tries };
}
