import type { Ground } from "@/domain/kernel";
import { endPrevious, noteUses } from "./note-uses";

export type KeyHolder = { account: string; agentId: string; name: string };

type Found = KeyHolder & { keyId: string; endsPrevious: boolean };

/** Whose key this is, by the key's SHA-256, for an HTTP request; null for an unknown, revoked or removed one. */
export async function findAgentByKey(
  { db, clock }: Pick<Ground, "db" | "clock">,
  keyHash: string,
  from: string | null = null,
): Promise<KeyHolder | null> {
  const now = clock.now().toISOString();
  const [row] = await db.sql<Found[]>`
    select a.account_id as account, a.id as "agentId", a.name, k.id as "keyId",
      k.hash = ${keyHash} and k.previous_hash is not null and k.previous_ends_at is null as "endsPrevious"
    from agent_keys k join agents a on a.id = k.agent_id
    where (k.hash = ${keyHash} or (k.previous_hash = ${keyHash}
        and coalesce(k.previous_ends_at > ${now}::timestamptz, true)))
      and k.revoked_at is null and a.removed_at is null`;
  if (!row) return null;
  const { keyId, endsPrevious, ...holder } = row;
  if (endsPrevious) await endPrevious(db, [keyId]);
  await noteUses(db, [{ by: "key", keyId, from, at: now }]);
  return holder;
}
