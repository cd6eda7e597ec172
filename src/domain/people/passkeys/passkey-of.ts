import type { Passkey } from "@/contracts/people/passkey";
import type { passkeys } from "@/db/schema";

export type PasskeyRow = typeof passkeys.$inferSelect;

/** A stored passkey in the words of the contract. */
export function passkeyOf(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    name: row.name,
    backedUp: row.backedUp,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

/** As WebAuthn's options name a credential; `transports` tells the browser where to look for it. */
export const descriptorOf = (row: PasskeyRow) => ({
  type: "public-key",
  id: row.credentialId,
  transports: row.transports,
});
