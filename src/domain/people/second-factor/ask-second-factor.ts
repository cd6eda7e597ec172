import type { SecondFactorMethod } from "@/contracts/people/second-factor";
import type { Ctx } from "@/domain/kernel";
import { beginChallenge } from "@/domain/people/challenges";
import type { UserRow } from "@/domain/people/users/user-of";
import { methodsOf } from "./factor-of";

/** How long the sign-in waits for the second factor. */
const ticketMs = 5 * 60_000;

export type SecondFactorNext = { next: "second-factor"; ticket: string; methods: SecondFactorMethod[] };

/** After a right password: the ticket by which the sign-in is finished, null when the password is enough. */
export async function askSecondFactor(ctx: Ctx, user: UserRow): Promise<SecondFactorNext | null> {
  const methods = await methodsOf(ctx.db.orm, user.id);
  if (methods.length === 0) return null;
  const ticket = await beginChallenge(ctx, {
    kind: "second-factor",
    userId: user.id,
    account: user.accountId,
    data: { tries: 0 },
    forMs: ticketMs,
  });
  return { next: "second-factor", ticket, methods };
}
