import type { Db } from "@/db/client";

/** What an agent proves by who it is. */
export type Credential = "key" | "certificate";

/** `keyId`: id of the key, or serial of the certificate. `from`: network address, null when not known. `at`: ISO 8601. */
export type Use = { by: Credential; keyId: string; from: string | null; at: string };

/** A secret that was good until its successor was used ends with that use: to be waited for before it is answered. */
export async function endPrevious(db: Db, keyIds: string[]): Promise<void> {
  if (keyIds.length === 0) return;
  await db.sql`
    update agent_keys set previous_hash = null, previous_prefix = null
    where id = any(${keyIds}::text[]) and previous_ends_at is null`;
}

/**
 * When and from where credentials were used last, each of them once: a hint for people, so once a minute is enough, or
 * when the address is another. A later use that was noted already stays.
 */
export async function noteUses(db: Db, uses: Use[]): Promise<void> {
  for (const by of ["key", "certificate"] as const) {
    const of = uses.filter((use) => use.by === by);
    if (of.length === 0) continue;
    const table = db.sql(by === "key" ? "agent_keys" : "agent_certificates");
    const id = db.sql(by === "key" ? "id" : "serial");
    await db.sql`
      update ${table} as t set last_used_at = u.at, last_used_from = coalesce(u.address, t.last_used_from)
      from unnest(${of.map((use) => use.keyId)}::text[], ${of.map((use) => use.from)}::text[],
        ${of.map((use) => use.at)}::text[]::timestamptz[]) as u(id, address, at)
      where t.${id} = u.id and (t.last_used_at is null or t.last_used_at < u.at - interval '1 minute'
        or (t.last_used_at <= u.at and t.last_used_from is distinct from coalesce(u.address, t.last_used_from)))`;
  }
}
