import type { AgentKey } from "@/contracts/fleet/agent";
import type { agentKeys } from "@/db/schema";

/** A row as readers see it: without hashes. A secret before the last rotation is named while it is good too. */
export function keyOf(row: typeof agentKeys.$inferSelect, now: Date): AgentKey {
  const overlaps = row.previousHash !== null && (row.previousEndsAt === null || row.previousEndsAt > now);
  return {
    id: row.id,
    prefix: row.prefix,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: row.lastUsedFrom,
    rotatedAt: row.rotatedAt?.toISOString() ?? null,
    previous:
      overlaps && row.previousPrefix !== null
        ? { prefix: row.previousPrefix, endsAt: row.previousEndsAt?.toISOString() ?? null }
        : null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
