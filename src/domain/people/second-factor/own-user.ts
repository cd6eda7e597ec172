import { type Ctx, conflict } from "@/domain/kernel";
import { type UserRow, userRow } from "@/domain/people/users/user-of";

/** The person who asks, by a session of the console: a second factor belongs to a person and not to a program. */
export async function ownUser(ctx: Ctx): Promise<{ user: UserRow; sessionId: string }> {
  if (ctx.actor.kind !== "user" || !ctx.sessionId) {
    throw conflict("Only a person who is signed in to the console has a second factor; a token has none.");
  }
  return { user: await userRow(ctx, ctx.actor.id), sessionId: ctx.sessionId };
}
