import { watches } from "@/contracts/watch/scope";
import { rawIn, type Tx } from "@/db/client";
import { hitObservation, type LogRule } from "./match-lines";
import { mostSeen, type Observation, type WatchedAgent } from "./observation";
import { rulesOfKind } from "./rules-of-kind";
import type { Read, TickingReader } from "./ticking-reader";

type Hit = {
  id: string;
  ruleId: string;
  version: number;
  at: string;
  count: number;
  sample: string;
  agent: string | null;
};

/** Takes away hits that whoever stores lines left, in the transaction that judges them. */
const takeSome: Read = async (ctx, tx, rows) => {
  const hits = await takeHits(tx, ctx.account);
  if (hits.length === 0) return { observations: [], next: null };
  const rules = new Map(rulesOfKind(rows, "log").map((rule) => [rule.id, rule]));
  const versions = new Map(rows.map((row) => [row.id, row.version]));
  const outdated = await findOutdated(tx, hits, versions);
  const observations = hits.flatMap((hit): Observation[] => {
    const rule: LogRule | undefined = rules.get(hit.ruleId);
    if (!rule || hit.agent === null || outdated.has(versionKey(hit))) return [];
    const agent = JSON.parse(hit.agent) as WatchedAgent;
    if (!watches(rule.draft, agent)) return [];
    return [hitObservation(rule, { agent, at: new Date(hit.at), count: hit.count, sample: hit.sample })];
  });
  return { observations, next: hits.length < mostSeen ? null : takeSome };
};

export const logReader: TickingReader = { name: "log", everyMs: 1_000, read: takeSome };

/** Hits of agents that were removed meanwhile have none. */
async function takeHits(tx: Tx, account: string): Promise<Hit[]> {
  return rawIn(tx)<Hit[]>`
    with taken as (
      delete from log_hits where id in (
        select id from log_hits where account_id = ${account} order by id limit ${mostSeen} for update skip locked)
      returning id, rule_id, rule_version, agent_id, at, count, sample
    )
    select t.id, t.rule_id as "ruleId", t.rule_version as version, t.at, t.count, t.sample,
      case when a.id is not null then json_build_object('id', a.id, 'name', a.name, 'group', g.name, 'host', p.host,
        'tags', a.tags, 'status', coalesce(p.status, 'unknown'))::text end as agent
    from taken t left join agents a on a.id = t.agent_id and a.removed_at is null
    left join groups g on g.id = a.group_id left join agent_presence p on p.agent_id = a.id
    order by t.at, t.id`;
}

const versionKey = ({ ruleId, version }: Pick<Hit, "ruleId" | "version">) => `${ruleId} ${version}`;

/** Hits of an older version count as long as that version looked for the same: a new name or severity changes nothing. */
async function findOutdated(tx: Tx, hits: Hit[], versions: Map<string, number>): Promise<Set<string>> {
  const older = hits.filter(({ ruleId, version }) => versions.get(ruleId) !== version);
  const keys = new Set(older.map(versionKey));
  if (keys.size === 0) return keys;
  const same = await rawIn(tx)<Pick<Hit, "ruleId" | "version">[]>`
    select v.rule_id as "ruleId", v.version from rule_versions v join rules r on r.id = v.rule_id
    where v.rule_id = any(${[...new Set(older.map((hit) => hit.ruleId))]}::text[])
      and v.draft->'condition' = r.draft->'condition'`;
  for (const one of same) keys.delete(versionKey(one));
  return keys;
}
