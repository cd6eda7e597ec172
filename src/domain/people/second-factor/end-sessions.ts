import { and, eq, ne } from "drizzle-orm";
import { challenges, sessions } from "@/db/schema";
import type { Ctx, Unit } from "@/domain/kernel";

/**
 * Ends the user's sessions, all but `except`, and the sign-ins that still wait for their second factor: what proves
 * who this person is has just changed. Answers how many sessions ended.
 */
export async function endSessions(
  ctx: Ctx,
  unit: Unit,
  userId: string,
  except: string | null,
): Promise<number> {
  await unit.tx
    .delete(challenges)
    .where(and(eq(challenges.userId, userId), eq(challenges.kind, "second-factor")));
  const ended = await unit.tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), except ? ne(sessions.id, except) : undefined))
    .returning({ id: sessions.id });
  const sessionIds = ended.map(({ id }) => id);
  unit.afterCommit(() => ctx.bus.publish("sessions.revoked", { sessionIds, reason: "revoked" }));
  return sessionIds.length;
}
