import type { Db } from "@/db/client";
import { mainAccount } from "@/domain/kernel";
import { agentOfUri } from "./agent-uri";
import type { PresentedCertificate } from "./presented";

/** Of serial numbers only their authority knows that they are unique, so an outside certificate goes by this. */
const serialOf = ({ fingerprint }: PresentedCertificate) => fingerprint.slice(0, 40);

/**
 * Knows a certificate of an outside authority from its first use on, so that it is listed and can be revoked here.
 * It is for the agent whose id stands in its URI `mc:agent:…`, else whose id or name is its common name; for nobody
 * else. A certificate that was revoked here stays so.
 */
export async function adoptCertificate(db: Db, now: Date, presented: PresentedCertificate): Promise<void> {
  const ids = presented.uris.flatMap((uri) => agentOfUri(uri) ?? []);
  const named = ids[0] ?? presented.commonName;
  if (named === null) return;
  const byName = ids.length === 0;
  const issuedBy = { kind: "system", id: "outside-authority", name: presented.issuer };
  await db.sql`
    insert into agent_certificates as c
      (serial, account_id, agent_id, fingerprint, issued_by, created_at, expires_at)
    select ${serialOf(presented)}, a.account_id, a.id, ${presented.fingerprint},
      ${JSON.stringify(issuedBy)}::text::jsonb, ${now.toISOString()}::timestamptz,
      ${presented.expiresAt.toISOString()}::timestamptz
    from agents a
    where a.removed_at is null and (a.id = ${named}
      or (${byName} and a.account_id = ${mainAccount} and lower(a.name) = lower(${named})))
    order by a.id = ${named} desc
    limit 1
    on conflict (fingerprint) do update set agent_id = excluded.agent_id, account_id = excluded.account_id
      where c.revoked_at is null and c.agent_id <> excluded.agent_id`;
}
