import { and, count, eq, gt, inArray, isNotNull, isNull, or } from "drizzle-orm";
import type { Person } from "@/contracts/people/user";
import { passkeys, sessions, totpFactors, users } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { type UserRow, userOf } from "./user-of";

/** Users with what those who manage people must see before they act: four questions, however many rows there are. */
export async function personsOf(ctx: Ctx, rows: readonly UserRow[]): Promise<Person[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [apps, keys, open, admins] = await Promise.all([
    ctx.db.orm
      .select({ id: totpFactors.userId })
      .from(totpFactors)
      .where(and(inArray(totpFactors.userId, ids), isNotNull(totpFactors.confirmedAt))),
    ctx.db.orm
      .select({ id: passkeys.userId, count: count() })
      .from(passkeys)
      .where(inArray(passkeys.userId, ids))
      .groupBy(passkeys.userId),
    ctx.db.orm
      .select({ id: sessions.userId, count: count() })
      .from(sessions)
      .where(and(inArray(sessions.userId, ids), isOpen(ctx)))
      .groupBy(sessions.userId),
    ctx.db.orm
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.accountId, ctx.account), eq(users.role, "admin"), isNull(users.disabledAt)))
      .limit(2),
  ]);
  const withApp = new Set(apps.map(({ id }) => id));
  const keysOf = new Map(keys.map((row) => [row.id, row.count]));
  const openOf = new Map(open.map((row) => [row.id, row.count]));
  return rows.map((row) => ({
    ...userOf(row),
    hasPassword: row.passwordHash !== null,
    factors: { app: withApp.has(row.id), passkeys: keysOf.get(row.id) ?? 0 },
    openSessions: openOf.get(row.id) ?? 0,
    lastAdmin: admins.length === 1 && admins[0]?.id === row.id,
  }));
}

function isOpen(ctx: Ctx) {
  const now = ctx.clock.now();
  return and(gt(sessions.expiresAt, now), or(isNull(sessions.endsBy), gt(sessions.endsBy, now)));
}
