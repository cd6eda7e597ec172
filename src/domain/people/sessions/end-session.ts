import { and, eq, ne } from "drizzle-orm";
import { sessions, users } from "@/db/schema";
import { type Ctx, may, notFound, transact } from "@/domain/kernel";
import { revokeRefreshTokens } from "@/domain/people/oauth/refresh-tokens";
import { userTarget } from "@/domain/people/users";
import type { Entrance } from "./begin-session";

/**
 * Signs out of one's current session and answers by what one had come in; without a session there is nothing to do,
 * and that is fine.
 */
export async function logout(ctx: Ctx, sessionId: string | null): Promise<Entrance["cameBy"] | null> {
  if (!sessionId || ctx.actor.kind !== "user") return null;
  const target = userTarget(ctx.actor);
  return transact(ctx, async (unit) => {
    const [gone] = await unit.tx.delete(sessions).where(eq(sessions.id, sessionId)).returning();
    if (!gone) return null;
    unit.record({ kind: "security.logged_out", target });
    unit.afterCommit(() =>
      ctx.bus.publish("sessions.revoked", { sessionIds: [sessionId], reason: "revoked" }),
    );
    return gone.cameBy;
  });
}

/**
 * Ends every session of the person who asks and what programs came in by, but for the session or the program that
 * asks; how many of each.
 */
export async function endOtherSessions(
  ctx: Ctx,
  { sessionId, family }: { sessionId: string | null; family: string | null },
): Promise<{ ended: number; programs: number }> {
  const target = userTarget(ctx.actor);
  return transact(ctx, async (unit) => {
    const gone = await unit.tx
      .delete(sessions)
      .where(
        and(
          eq(sessions.accountId, ctx.account),
          eq(sessions.userId, ctx.actor.id),
          sessionId ? ne(sessions.id, sessionId) : undefined,
        ),
      )
      .returning({ id: sessions.id });
    const programs = await revokeRefreshTokens(ctx, unit, ctx.actor.id, family);
    const counted = { ended: gone.length, programs };
    if (gone.length + programs === 0) return counted;
    const sessionIds = gone.map(({ id }) => id);
    unit.record({ kind: "security.session_revoked", target, data: { others: gone.length, programs } });
    unit.afterCommit(() => ctx.bus.publish("sessions.revoked", { sessionIds, reason: "revoked" }));
    return counted;
  });
}

/** Ends a session by its id (the hash): one's own, or anyone's in the account for those who manage users. */
export async function revokeSession(ctx: Ctx, id: string): Promise<void> {
  const managesUsers = may(ctx, "users:manage");
  await transact(ctx, async (unit) => {
    const [found] = await unit.tx
      .select({ user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(
        and(
          eq(sessions.id, id),
          eq(sessions.accountId, ctx.account),
          managesUsers ? undefined : eq(sessions.userId, ctx.actor.id),
        ),
      );
    if (!found) throw notFound("session");
    await unit.tx.delete(sessions).where(eq(sessions.id, id));
    unit.record({
      kind: "security.session_revoked",
      target: userTarget(found.user),
      data: { session: id.slice(0, 8) },
    });
    unit.afterCommit(() => ctx.bus.publish("sessions.revoked", { sessionIds: [id], reason: "revoked" }));
  });
}
