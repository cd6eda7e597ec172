import type { TransactionSql } from "postgres";
import { rawIn, type Tx } from "@/db/client";
import type { WatchedAgent } from "./observation";

/** Something that ends. `over`: why its end does not matter any more, in a sentence; null while it does. */
export type Ending = {
  kind: "certificate" | "agent-key" | "api-token" | "join-token";
  id: string;
  name: string;
  agent: WatchedAgent | null;
  createdAt: Date;
  endsAt: Date | null;
  over: string | null;
};

type Wanted = {
  account: string;
  kinds: ReadonlySet<Ending["kind"]>;
  /** Ends in `(after, before]`, or its id is among `ids`. */
  after: Date;
  before: Date;
  ids: string[];
};

type Row = {
  id: string;
  name: string;
  createdAt: string;
  endsAt: string | null;
  over: string | null;
  agent: string | null;
};
type Source = (sql: TransactionSql, wanted: Wanted) => PromiseLike<Row[]>;

/** The agent as JSON, of the aliases `a`, `g`, `p`. */
const agentColumn = (sql: TransactionSql) => sql`
  json_build_object('id', a.id, 'name', a.name, 'group', g.name, 'host', p.host, 'tags', a.tags,
    'status', coalesce(p.status, 'unknown'))::text as agent`;
const agentJoins = (sql: TransactionSql, id: string) => sql`
  join agents a on a.id = ${sql(id)} left join groups g on g.id = a.group_id
  left join agent_presence p on p.agent_id = a.id`;
const inTime = (sql: TransactionSql, column: string, { after, before }: Wanted) => sql`
  (${sql(column)} > ${after.toISOString()}::timestamptz and ${sql(column)} <= ${before.toISOString()}::timestamptz)`;

const sources: Record<Ending["kind"], Source> = {
  certificate: (sql, wanted) => sql<Row[]>`
    select c.serial as id, 'Certificate of ' || a.name as name, c.created_at as "createdAt", c.expires_at as "endsAt",
      case when c.revoked_at is not null then 'It was revoked'
        when a.removed_at is not null then 'Its agent was removed'
        when exists (select 1 from agent_certificates newer where newer.agent_id = c.agent_id
          and newer.revoked_at is null and newer.expires_at > c.expires_at) then 'A newer certificate replaces it'
        end as over, ${agentColumn(sql)}
    from agent_certificates c ${agentJoins(sql, "c.agent_id")}
    where c.account_id = ${wanted.account}
      and ((c.revoked_at is null and ${inTime(sql, "c.expires_at", wanted)}) or c.serial = any(${wanted.ids}::text[]))
    order by c.serial`,
  // A key has no end of its own; the secret before its last rotation has one, and who still uses it is cut off then.
  "agent-key": (sql, wanted) => sql<Row[]>`
    select k.id, 'Old key of ' || a.name as name, k.created_at as "createdAt", k.previous_ends_at as "endsAt",
      case when k.revoked_at is not null then 'The key was revoked'
        when a.removed_at is not null then 'Its agent was removed'
        when k.previous_hash is null then 'The old key is not good any more' end as over, ${agentColumn(sql)}
    from agent_keys k ${agentJoins(sql, "k.agent_id")}
    where k.account_id = ${wanted.account}
      and ((k.revoked_at is null and ${inTime(sql, "k.previous_ends_at", wanted)}) or k.id = any(${wanted.ids}::text[]))
    order by k.id`,
  "api-token": (sql, wanted) => sql<Row[]>`
    select t.id, 'API token ' || t.name as name, t.created_at as "createdAt", t.expires_at as "endsAt",
      case when t.revoked_at is not null then 'It was revoked' end as over, null as agent
    from api_tokens t
    where t.account_id = ${wanted.account}
      and ((t.revoked_at is null and ${inTime(sql, "t.expires_at", wanted)}) or t.id = any(${wanted.ids}::text[]))
    order by t.id`,
  "join-token": (sql, wanted) => sql<Row[]>`
    select t.id, 'Join token ' || t.prefix as name, t.created_at as "createdAt", t.expires_at as "endsAt",
      case when t.revoked_at is not null then 'It was revoked'
        when t.uses_left = 0 then 'It is used up' end as over, null as agent
    from join_tokens t
    where t.account_id = ${wanted.account}
      and ((t.revoked_at is null and ${inTime(sql, "t.expires_at", wanted)}) or t.id = any(${wanted.ids}::text[]))
    order by t.id`,
};

/** Everything of these kinds that ends in time or is asked for by its id. One query a kind. */
export async function readEndings(tx: Tx, wanted: Wanted): Promise<Ending[]> {
  const sql = rawIn(tx);
  const endings: Ending[] = [];
  for (const kind of wanted.kinds) {
    for (const row of await sources[kind](sql, wanted)) {
      endings.push({
        kind,
        id: row.id,
        name: row.name,
        over: row.over,
        createdAt: new Date(row.createdAt),
        endsAt: row.endsAt === null ? null : new Date(row.endsAt),
        agent: row.agent === null ? null : (JSON.parse(row.agent) as WatchedAgent),
      });
    }
  }
  return endings;
}
