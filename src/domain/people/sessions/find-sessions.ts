import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { sessions } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";

/** One's own open sessions, the last used first; `current` marks the one that asks. Tokens have none. */
export async function findOwnSessions(ctx: Ctx, currentId: string | null) {
  const rows = await ctx.db.orm
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.accountId, ctx.account),
        eq(sessions.userId, ctx.actor.id),
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
