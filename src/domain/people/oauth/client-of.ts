import type { MachineClient } from "@/contracts/people/oauth";
import type { oauthClients } from "@/db/schema";

/** A stored client in the words of the contract: never its secret, nor its hash. */
export function clientOf(row: typeof oauthClients.$inferSelect): MachineClient {
  return {
    id: row.id,
    name: row.name,
    secretPrefix: row.secretPrefix,
    role: row.role,
    scopes: row.scopes,
    createdBy: row.createdBy.name,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
