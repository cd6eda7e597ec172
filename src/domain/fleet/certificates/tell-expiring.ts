import { type Ground, systemCtx, transact } from "@/domain/kernel";

/** Time to renew by hand, over holidays too; rules may watch the fact. */
const aheadMs = 21 * 86_400_000;

type Ending = { serial: string; account: string; agentId: string; name: string; expiresAt: string };

/**
 * Writes `security.certificate_expiring` once for each certificate that ends soon and that no newer one replaces: an
 * agent whose last certificate ends is cut off. Answers how many were told. One instance at a time.
 */
export async function tellExpiringCertificates(ground: Ground): Promise<number> {
  const now = ground.clock.now();
  const soon = new Date(now.getTime() + aheadMs).toISOString();
  const ending = await ground.db.sql<Ending[]>`
    select c.serial, c.account_id as account, a.id as "agentId", a.name, c.expires_at as "expiresAt"
    from agent_certificates c join agents a on a.id = c.agent_id
    where c.revoked_at is null and a.removed_at is null
      and c.expires_at > ${now.toISOString()}::timestamptz and c.expires_at <= ${soon}::timestamptz
      and not exists (select 1 from agent_certificates newer where newer.agent_id = c.agent_id
        and newer.revoked_at is null and newer.expires_at > c.expires_at)
      and not exists (select 1 from facts f where f.account_id = c.account_id and f.target->>'id' = c.agent_id
        and f.kind = 'security.certificate_expiring' and f.data->>'serial' = c.serial)
      and not exists (select 1 from facts_pending p where p.account_id = c.account_id
        and p.kind = 'security.certificate_expiring' and p.data->>'serial' = c.serial)`;
  for (const { serial, account, agentId, name, expiresAt } of ending) {
    await transact(systemCtx(ground, account), async (unit) => {
      unit.record({
        kind: "security.certificate_expiring",
        target: { kind: "agent", id: agentId, name },
        data: { serial, expiresAt: new Date(expiresAt).toISOString() },
      });
    });
  }
  return ending.length;
}
