import { type Ctx, conflict, demand } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { storePassword } from "./change-password";
import { userRow } from "./user-of";

/**
 * An admin gives somebody a new password, which obeys the same policy; every session of theirs ends, and what
 * programs came in by. One's own is changed on one's own page, where the present one is asked for.
 */
export async function setPassword(ctx: Ctx, input: { id: string; password: string }): Promise<void> {
  demand(ctx, "users:manage");
  await demandFreshFactor(ctx, "user.set-password");
  if (ctx.actor.kind === "user" && ctx.actor.id === input.id) {
    throw conflict("This is your own account: change your password under Sessions and password.");
  }
  await storePassword(ctx, await userRow(ctx, input.id), input.password, null);
}
