import { eq, lte } from "drizzle-orm";
import type { Adapter, DatabaseSession, Lucia } from "lucia";
import type { Db, Tx } from "@/db/client";
import { sessions, users } from "@/db/schema";
import { lacksRequiredFactor } from "@/domain/people/second-factor/policy-key";
import type { UserRow } from "@/domain/people/users";
import type { Clock } from "@/platform/clock";
import { sha256Hex } from "@/platform/crypto";

type SessionRow = typeof sessions.$inferSelect;
/** What lucia carries along without looking at it. */
export type SessionAttributes = Pick<
  SessionRow,
  "accountId" | "ip" | "userAgent" | "cameBy" | "stepUpAt" | "endsBy"
> & { lastSeenAt?: Date };

/** `lacksFactor`: the role demands a second factor and the user has none. */
export type UserAttributes = { row: UserRow; lacksFactor: boolean };

/**
 * lucia's view of `sessions`. lucia's session id is the cookie's token; the table holds only its SHA-256. lucia
 * reads the machine's clock; moments are therefore shifted by what ours differs from it, so that `clock` decides.
 */
export function sessionStore(orm: Db["orm"] | Tx, clock: Clock): Adapter {
  const aheadMs = () => Date.now() - clock.now().getTime();
  const toLucia = (at: Date) => new Date(at.getTime() + aheadMs());
  const fromLucia = (at: Date) => new Date(at.getTime() - aheadMs());
  const sessionOf = (row: SessionRow, id: string): DatabaseSession => ({
    id,
    userId: row.userId,
    expiresAt: toLucia(row.expiresAt),
    attributes: {
      accountId: row.accountId,
      ip: row.ip,
      userAgent: row.userAgent,
      cameBy: row.cameBy,
      stepUpAt: row.stepUpAt,
      endsBy: row.endsBy,
      lastSeenAt: row.lastSeenAt,
    },
  });

  return {
    async getSessionAndUser(token) {
      const [found] = await orm
        .select({ session: sessions, user: users, lacksFactor: lacksRequiredFactor })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.id, sha256Hex(token)));
      if (!found) return [null, null];
      const { user, lacksFactor } = found;
      return [sessionOf(found.session, token), { id: user.id, attributes: { row: user, lacksFactor } }];
    },
    async getUserSessions(userId) {
      const rows = await orm.select().from(sessions).where(eq(sessions.userId, userId));
      return rows.map((row) => sessionOf(row, row.id));
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      const now = clock.now();
      await orm.insert(sessions).values({
        ...attributes,
        id: sha256Hex(id),
        userId,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: fromLucia(expiresAt),
      });
    },
    async updateSessionExpiration(token, expiresAt) {
      await orm
        .update(sessions)
        .set({ expiresAt: fromLucia(expiresAt) })
        .where(eq(sessions.id, sha256Hex(token)));
    },
    async deleteSession(token) {
      await orm.delete(sessions).where(eq(sessions.id, sha256Hex(token)));
    },
    async deleteUserSessions(userId) {
      await orm.delete(sessions).where(eq(sessions.userId, userId));
    },
    async deleteExpiredSessions() {
      await orm.delete(sessions).where(lte(sessions.expiresAt, clock.now()));
    },
  };
}

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>;
    DatabaseUserAttributes: UserAttributes;
    DatabaseSessionAttributes: SessionAttributes;
  }
}
