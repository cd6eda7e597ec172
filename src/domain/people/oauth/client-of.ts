import type { MachineClient } from "@/contracts/people/oauth";
import type { oauthClients } from "@/db/schema";

export type ClientRow = typeof oauthClients.$inferSelect;

/** First characters of a secret: enough to recognise it in a list and for scanners, useless to come in with. */
export const shownPrefix = (secret: string): string => secret.slice(0, 12);

/** A stored client in the words of the contract: never a secret, nor a hash. A secret before the last rotation is named while it is good too. */
export function clientOf(row: ClientRow, now: Date): MachineClient {
  return {
    id: row.id,
    name: row.name,
    secretPrefix: row.secretPrefix,
    role: row.role,
    scopes: row.scopes,
    createdBy: row.createdBy.name,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    rotatedAt: row.rotatedAt?.toISOString() ?? null,
    previous:
      row.previousSecretPrefix !== null && isPreviousGood(row, now)
        ? { prefix: row.previousSecretPrefix, endsAt: row.previousEndsAt?.toISOString() ?? null }
        : null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

/** Whether the secret before the last rotation still lets the client in. */
export const isPreviousGood = (row: ClientRow, now: Date): boolean =>
  row.previousSecretHash !== null && (row.previousEndsAt === null || row.previousEndsAt > now);
