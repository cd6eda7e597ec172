import { eq } from "drizzle-orm";
import type { Actor } from "@/contracts/kernel/actor";
import { type Permission, type Role, roles } from "@/contracts/people/role";
import { apiTokens, users } from "@/db/schema";
import type { Ground } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";

/** `last used` helps people to find dead tokens; a minute's truth is enough. */
const usedEveryMs = 60_000;

/**
 * Whom an API token speaks for, null when it is unknown, revoked, expired or of a disabled user. A token never has
 * more than its maker has now: a demoted admin's token is demoted with him.
 */
export async function findTokenHolder(
  { db, clock }: Pick<Ground, "db" | "clock">,
  secret: string,
): Promise<{ account: string; actor: Actor; role: Role; scopes?: ReadonlySet<Permission> } | null> {
  const [found] = await db.orm
    .select({ token: apiTokens, maker: users })
    .from(apiTokens)
    .leftJoin(users, eq(users.id, apiTokens.createdBy))
    .where(eq(apiTokens.hash, sha256Hex(secret)));
  if (!found) return null;
  const { token, maker } = found;
  const now = clock.now();
  if (token.revokedAt || (token.expiresAt && token.expiresAt <= now) || maker?.disabledAt) return null;
  if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() > usedEveryMs) {
    await db.orm.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, token.id));
  }
  const role = maker ? weaker(token.role, maker.role) : token.role;
  return {
    account: token.accountId,
    actor: { kind: "token", id: token.id, name: token.name },
    role,
    ...(token.scopes ? { scopes: new Set(token.scopes) } : {}),
  };
}

export const weaker = (left: Role, right: Role): Role =>
  roles.indexOf(left) <= roles.indexOf(right) ? left : right;
