import type { Db } from "@/db/client";

export type CertificateHolder = { account: string; agentId: string; name: string };

/** Whose certificate this is, for an HTTP request; null for an unknown, revoked, expired or removed one. */
export async function findAgentByCertificate(
  db: Db,
  now: Date,
  fingerprint: string,
): Promise<CertificateHolder | null> {
  const [row] = await db.sql<CertificateHolder[]>`
    select a.account_id as account, a.id as "agentId", a.name
    from agent_certificates c join agents a on a.id = c.agent_id
    where c.fingerprint = ${fingerprint} and c.revoked_at is null and a.removed_at is null
      and c.expires_at > ${now.toISOString()}::timestamptz`;
  return row ?? null;
}
