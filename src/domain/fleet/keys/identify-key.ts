import type { Db } from "@/db/client";
import { sha256Hex } from "@/platform/crypto";

export type KeyIdentity = { agentId: string; account: string; name: string; keyId: string };

/** Whose key this is, for an HTTP request: one indexed query; null for one that is unknown, revoked or removed. */
export async function identifyAgentKey(db: Db, key: string): Promise<KeyIdentity | null> {
  if (!/^mca_[\w-]{43}$/.test(key)) return null;
  const [row] = await db.sql<KeyIdentity[]>`
    select a.id as "agentId", a.account_id as account, a.name, k.id as "keyId"
    from agent_keys k join agents a on a.id = k.agent_id
    where k.hash = ${sha256Hex(key)} and k.revoked_at is null and a.removed_at is null`;
  return row ?? null;
}
