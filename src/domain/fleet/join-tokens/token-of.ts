import type { joinTokens } from "@/db/schema";

/** A join token as the contracts show it, without its secret. */
export function joinTokenOf(row: typeof joinTokens.$inferSelect, group: string | null) {
  return {
    id: row.id,
    prefix: row.prefix,
    group,
    usesLeft: row.usesLeft,
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
