import { challenges } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import { stateForMs } from "./browser-state";
import { badState } from "./refusal";

/** Remembers, for all instances, that this state has come back: a second time it is refused, whoever brings it. */
export async function spendState(ctx: Ctx, state: string): Promise<void> {
  const now = ctx.clock.now();
  const first = await ctx.db.orm
    .insert(challenges)
    .values({
      hash: sha256Hex(`sso-state ${state}`),
      accountId: ctx.account,
      userId: null,
      kind: "sso-state",
      data: {},
      createdAt: now,
      expiresAt: new Date(now.getTime() + 2 * stateForMs),
    })
    .onConflictDoNothing()
    .returning({ hash: challenges.hash });
  if (first.length === 0) throw badState("This sign-in was finished already.");
}
