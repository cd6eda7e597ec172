import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { userRow } from "@/domain/people/users/user-of";

/** One's own open sessions, the last used first; `current` marks the one that asks. Tokens have none. */
export const findOwnSessions = (ctx: Ctx, currentId: string | null) =>
  openSessionsOf(ctx, ctx.actor.id, currentId);

/** The same of anybody in the account, for those who manage people. */
export async function findSessionsOf(ctx: Ctx, userId: string) {
  demand(ctx, "users:manage");
  await userRow(ctx, userId);
  return openSessionsOf(ctx, userId, ctx.sessionId ?? null);
}

async function openSessionsOf(ctx: Ctx, userId: string, currentId: string | null) {
  const rows = await ctx.db.orm
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.accountId, ctx.account),
        eq(sessions.userId, userId),
        gt(sessions.expiresAt, ctx.clock.now()),
        or(isNull(sessions.endsBy), gt(sessions.endsBy, ctx.clock.now())),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt));
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: (row.endsBy && row.endsBy < row.expiresAt ? row.endsBy : row.expiresAt).toISOString(),
    cameBy: row.cameBy,
    ip: row.ip,
    userAgent: row.userAgent,
    current: row.id === currentId,
  }));
}
