import type { ApiToken } from "@/contracts/people/user";
import type { apiTokens } from "@/db/schema";

/** A stored token in the words of the contract: never its secret, nor its hash. */
export function tokenOf(row: typeof apiTokens.$inferSelect, madeBy: string | null): ApiToken {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    madeBy,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
