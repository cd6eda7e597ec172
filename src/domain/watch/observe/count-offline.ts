import type { RuleScope } from "@/contracts/watch/rule";
import { rawIn, type Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import type { WatchingRule } from "./rules-of-kind";

/** How many agents are expected to be there, and how many of them are offline; `host` null: of the whole scope. */
export type OfflineCount = { ruleId: string; host: string | null; total: number; offline: number };

/** Who is expected to be there, of `agents a` and `agent_presence p`. */
const expected = (tx: Tx, { account }: Pick<Ctx, "account">) => rawIn(tx)`
  a.account_id = ${account} and a.removed_at is null and p.status not in ('stopped', 'never-connected')`;

type FleetRule = WatchingRule<"outage"> | WatchingRule<"host-down">;

/**
 * Counts for every rule at once, by scope and, for rules about hosts, by host. An agent that was stopped on purpose or
 * never came is not expected and counts on neither side. Hosts: those named, and those that a rule has something open
 * about. Most rules are about everybody: for all of those the fleet is gone through once, whatever their number.
 */
export async function countOffline(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  rules: readonly FleetRule[],
  hosts: readonly string[],
): Promise<OfflineCount[]> {
  const aboutAll = rules.filter(({ draft }) => draft.scope.kind === "all" && draft.except.length === 0);
  const others = rules.filter((rule) => !aboutAll.includes(rule));
  const [ofAll, ofOthers] = await Promise.all([
    aboutAll.length > 0 ? countAll(ctx, tx, aboutAll, hosts) : [],
    others.length > 0 ? countByScope(ctx, tx, others, hosts) : [],
  ]);
  return [...ofAll, ...ofOthers];
}

async function countAll(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  rules: readonly FleetRule[],
  hosts: readonly string[],
): Promise<OfflineCount[]> {
  const ofHosts = rules.filter(isAboutHosts).map(({ id }) => id);
  const counts = await rawIn(tx)<Omit<OfflineCount, "ruleId">[]>`
    with by_host as materialized (
      select p.host, count(*) as total, count(*) filter (where p.status = 'offline') as offline
      from agents a join agent_presence p on p.agent_id = a.id
      where ${expected(tx, ctx)}
      group by p.host
    )
    select null as host, coalesce(sum(total), 0)::int as total, coalesce(sum(offline), 0)::int as offline from by_host
    union all
    select host, total::int, offline::int from by_host where host in (
      select jsonb_array_elements_text(${JSON.stringify(hosts)}::text::jsonb)
      union select s.subject->>'id' from alert_states s
        where s.rule_id in (select jsonb_array_elements_text(${JSON.stringify(ofHosts)}::text::jsonb)))`;
  return rules.flatMap((rule) =>
    counts
      .filter(({ host }) => (host !== null) === isAboutHosts(rule))
      .map((count) => ({ ...count, ruleId: rule.id })),
  );
}

const isAboutHosts = ({ condition }: FleetRule): boolean => condition.kind === "host-down";

async function countByScope(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  rules: readonly FleetRule[],
  hosts: readonly string[],
): Promise<OfflineCount[]> {
  const asked = rules.map(({ id, draft, condition }) => ({
    id,
    byHost: condition.kind === "host-down",
    ...flat(draft.scope),
    except: draft.except.map(flat),
  }));
  return rawIn(tx)<OfflineCount[]>`
    with rule as (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb)
        as r(id text, "byHost" boolean, kind text, name text, ids jsonb, "except" jsonb)
    ), host as (
      select jsonb_array_elements_text(${JSON.stringify(hosts)}::text::jsonb) as name
      union select s.subject->>'id' from alert_states s join rule on rule.id = s.rule_id where rule."byHost"
    ), expected as (
      select a.id, a.tags, lower(g.name) as group_name, p.host, p.status = 'offline' as offline
      from agents a join agent_presence p on p.agent_id = a.id left join groups g on g.id = a.group_id
      where ${expected(tx, ctx)}
    )
    select rule.id as "ruleId", case when rule."byHost" then e.host end as host,
      count(*)::int as total, count(*) filter (where e.offline)::int as offline
    from rule join expected e on (not rule."byHost" or e.host in (select name from host))
      and (rule.kind = 'all' or (rule.kind = 'group' and e.group_name = rule.name)
        or (rule.kind = 'tag' and rule.name = any(e.tags)) or (rule.kind = 'agents' and rule.ids ? e.id))
      and (rule.except = '[]'::jsonb or not exists (
        select from jsonb_to_recordset(rule.except) as x(kind text, name text, ids jsonb)
        where case x.kind when 'all' then true when 'group' then e.group_name = x.name
          when 'tag' then x.name = any(e.tags) else x.ids ? e.id end))
    group by 1, 2`;
}

/** A scope as SQL compares it: names in small letters. */
function flat(scope: RuleScope): { kind: RuleScope["kind"]; name: string | null; ids: string[] } {
  switch (scope.kind) {
    case "all":
      return { kind: "all", name: null, ids: [] };
    case "group":
      return { kind: "group", name: scope.group.toLowerCase(), ids: [] };
    case "tag":
      return { kind: "tag", name: scope.tag.toLowerCase(), ids: [] };
    case "agents":
      return { kind: "agents", name: null, ids: scope.agentIds };
  }
}
