import { and, eq, sql } from "drizzle-orm";
import type { Target } from "@/contracts/kernel/actor";
import type { User } from "@/contracts/people/user";
import type { Db, Tx } from "@/db/client";
import { users } from "@/db/schema";
import { type Ctx, notFound } from "@/domain/kernel";

export type UserRow = typeof users.$inferSelect;

/** A stored user in the words of the contract: nothing secret. */
export function userOf(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    username: row.username,
    name: row.name,
    role: row.role,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    lockedUntil: row.lockedUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
  };
}

export const userTarget = (row: { id: string; name: string }): Target => ({
  kind: "user",
  id: row.id,
  name: row.name,
});

/** The user of this account, or not-found: what is in another account does not exist. */
export async function userRow(ctx: Ctx, id: string, from: Db["orm"] | Tx = ctx.db.orm): Promise<UserRow> {
  const [row] = await from
    .select()
    .from(users)
    .where(and(eq(users.accountId, ctx.account), eq(users.id, id)));
  if (!row) throw notFound("user");
  return row;
}

/** Whoever signs in with this address, in any account; addresses are compared in lower case. */
export async function userByEmail(from: Db["orm"] | Tx, email: string): Promise<UserRow | undefined> {
  const [row] = await from
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.trim().toLowerCase()));
  return row;
}

/** Whoever signs in with this, which is an e-mail address or a username; both are compared in lower case. */
export async function userByIdentifier(
  from: Db["orm"] | Tx,
  identifier: string,
): Promise<UserRow | undefined> {
  if (identifier.includes("@")) return userByEmail(from, identifier);
  const [row] = await from
    .select()
    .from(users)
    .where(eq(sql`lower(${users.username})`, identifier.trim().toLowerCase()));
  return row;
}
