import type { Db } from "@/db/client";

/** What an agent proves by who it is. */
export type Credential = "key" | "certificate";

/** `keyId`: id of the key, or serial of the certificate. `from`: network address, null when not known. */
export type Use = { by: Credential; keyId: string; endsPrevious: boolean; from: string | null };

/**
 * When and from where a credential was last used is a hint for people: once a minute is enough, or when the address
 * is another. A secret that was good until its successor was used ends here, and at once.
 */
export async function noteUses(db: Db, now: string, uses: Use[]): Promise<void> {
  const ended = uses.filter((use) => use.endsPrevious).map((use) => use.keyId);
  if (ended.length > 0) {
    await db.sql`
      update agent_keys set previous_hash = null, previous_prefix = null
      where id = any(${ended}::text[]) and previous_ends_at is null`;
  }
  for (const by of ["key", "certificate"] as const) {
    const of = uses.filter((use) => use.by === by);
    if (of.length === 0) continue;
    const table = db.sql(by === "key" ? "agent_keys" : "agent_certificates");
    const id = db.sql(by === "key" ? "id" : "serial");
    await db.sql`
      update ${table} as t set last_used_at = ${now}::timestamptz, last_used_from = coalesce(u.address, t.last_used_from)
      from unnest(${of.map((use) => use.keyId)}::text[], ${of.map((use) => use.from)}::text[]) as u(id, address)
      where t.${id} = u.id and (t.last_used_at is null
        or t.last_used_at < ${now}::timestamptz - interval '1 minute'
        or t.last_used_from is distinct from coalesce(u.address, t.last_used_from))`;
  }
}
