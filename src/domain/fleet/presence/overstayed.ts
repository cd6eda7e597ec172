import type { Db } from "@/db/client";
import type { AdmittedAgent } from "./admitted-agent";

/** Of agents that came in by a key or certificate, those who could not do so again: revoked, rotated away, expired. */
export async function overstayed(db: Db, now: Date, agents: AdmittedAgent[]): Promise<Set<AdmittedAgent>> {
  const known = agents.filter((agent) => agent.keyId !== null);
  if (known.length === 0) return new Set();
  const at = now.toISOString();
  const rows = await db.sql<{ place: number }[]>`
    select x.place::int as place
    from unnest(${known.map((agent) => agent.keyId)}::text[],
      ${known.map((agent) => agent.session.keyPrefix)}::text[]) with ordinality as x(id, prefix, place)
    where not exists (select 1 from agent_keys k where k.id = x.id and k.revoked_at is null
        and (k.prefix = x.prefix or (k.previous_prefix = x.prefix
          and coalesce(k.previous_ends_at > ${at}::timestamptz, true))))
      and not exists (select 1 from agent_certificates c
        where c.serial = x.id and c.revoked_at is null and c.expires_at > ${at}::timestamptz)`;
  return new Set(rows.flatMap(({ place }) => known[place - 1] ?? []));
}
