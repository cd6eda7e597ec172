import { createHash } from "node:crypto";
import type postgres from "postgres";

/** The key of the `index`th agent of a benchmark: known, so that its hash can be put into the database directly. */
export const keyOf = (index: number): string => `mca_${String(index).padStart(43, "0")}`;
export const keysOf = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => keyOf(from + at));
export const agentIdOf = (index: number): string =>
  `agt_${createHash("sha256").update(`a${index}`).digest("hex").slice(0, 20)}`;

/** Adds agents as rows: 10,000 in a second, where making them one by one would take minutes. */
export async function insertAgents(sql: postgres.Sql, from: number, count: number): Promise<void> {
  const indexes = Array.from({ length: count }, (_, at) => from + at);
  const ids = indexes.map(agentIdOf);
  const hashes = indexes.map((index) => createHash("sha256").update(keyOf(index)).digest("hex"));
  await sql.begin(async (tx) => {
    await tx`
      insert into groups (id, account_id, name, created_at)
      select 'grp_bench' || g, 'acc_main', 'group ' || g, now() from generate_series(1, 20) g
      on conflict do nothing`;
    await tx`
      insert into agents (id, account_id, name, group_id, tags, created_at)
      select id, 'acc_main', 'worker-' || lpad(ix::text, 5, '0'), 'grp_bench' || (1 + ix % 20), '{bench}', now()
      from unnest(${ids}::text[], ${indexes}::int[]) as x(id, ix)`;
    await tx`
      insert into agent_presence (agent_id, account_id, status, status_since, decided_by)
      select id, 'acc_main', 'never-connected', now(), 'It has never connected.' from unnest(${ids}::text[]) as x(id)`;
    await tx`
      insert into agent_keys (id, account_id, agent_id, prefix, hash, created_at)
      select 'key_' || id, 'acc_main', id, 'mca_000000', hash, now()
      from unnest(${ids}::text[], ${hashes}::text[]) as x(id, hash)`;
  });
  await sql.unsafe("analyze");
}
