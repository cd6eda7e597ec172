import type { Db } from "@/db/client";

export type KeyHolder = { account: string; agentId: string; name: string };

/** Whose key this is, by the key's SHA-256, for an HTTP request; null for an unknown, revoked or removed one. */
export async function findAgentByKey(db: Db, keyHash: string): Promise<KeyHolder | null> {
  const [row] = await db.sql<KeyHolder[]>`
    select a.account_id as account, a.id as "agentId", a.name
    from agent_keys k join agents a on a.id = k.agent_id
    where k.hash = ${keyHash} and k.revoked_at is null and a.removed_at is null`;
  return row ?? null;
}
