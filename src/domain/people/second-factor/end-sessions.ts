import { and, eq, ne } from "drizzle-orm";
import { challenges, sessions } from "@/db/schema";
import type { Ctx, Unit } from "@/domain/kernel";
import { revokeRefreshTokens } from "@/domain/people/oauth/refresh-tokens";

/**
 * Ends the user's sessions, all but `except`, what programs were let in by (refresh tokens), and the sign-ins that
 * still wait for their second factor: what proves who this person is has just changed. Answers how many sessions ended.
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
  await revokeRefreshTokens(ctx, unit, userId);
  const sessionIds = ended.map(({ id }) => id);
  unit.afterCommit(() => ctx.bus.publish("sessions.revoked", { sessionIds, reason: "revoked" }));
  return sessionIds.length;
}
