import { noteUses } from "@/domain/fleet/keys/note-uses";
import type { Ground } from "@/domain/kernel";
import { adoptCertificate } from "./adopt-certificate";
import type { PresentedCertificate } from "./presented";

export type CertificateHolder = { account: string; agentId: string; name: string };

/**
 * Whose certificate this is, for an HTTP request; null for an unknown, revoked, expired or removed one.
 * `outsideAuthority`: agents' certificates come from an authority that is not ours.
 */
export async function findAgentByCertificate(
  { db, clock }: Pick<Ground, "db" | "clock">,
  presented: PresentedCertificate,
  from: string | null,
  outsideAuthority: boolean,
): Promise<CertificateHolder | null> {
  const now = clock.now();
  if (outsideAuthority) await adoptCertificate(db, now, presented);
  const [row] = await db.sql<(CertificateHolder & { serial: string })[]>`
    select a.account_id as account, a.id as "agentId", a.name, c.serial
    from agent_certificates c join agents a on a.id = c.agent_id
    where c.fingerprint = ${presented.fingerprint} and c.revoked_at is null and a.removed_at is null
      and c.expires_at > ${now.toISOString()}::timestamptz`;
  if (!row) return null;
  const { serial, ...holder } = row;
  await noteUses(db, [{ by: "certificate", keyId: serial, from, at: now.toISOString() }]);
  return holder;
}
