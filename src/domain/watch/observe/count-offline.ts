import type { RuleScope } from "@/contracts/watch/rule";
import { rawIn, type Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import type { WatchingRule } from "./rules-of-kind";

/** How many agents are expected to be there, and how many of them are offline; `host` null: of the whole scope. */
export type OfflineCount = { ruleId: string; host: string | null; total: number; offline: number };

type FleetRule = WatchingRule<"outage"> | WatchingRule<"host-down">;

/**
 * Counts for every rule at once, by scope and, for rules about hosts, by host: one question. An agent that was stopped
 * on purpose or never came is not expected and counts on neither side. Hosts: those named, and those that a rule has
 * something open about.
 */
export async function countOffline(
  { account }: Pick<Ctx, "account">,
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
      where a.account_id = ${account} and a.removed_at is null
        and p.status not in ('stopped', 'never-connected')
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
