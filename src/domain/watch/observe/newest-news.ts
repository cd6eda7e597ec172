import type { FactKind } from "@/contracts/facts";
import { rawIn, type Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import { type News, newsOf, type ToldFact } from "./news";
import type { WatchedAgent } from "./observation";

/** Facts of which the newest says where an agent stands, and those of which it says so of its configuration. */
const kindsOf = {
  presence: [
    "agent.came_online",
    "agent.went_offline",
    "agent.stopped",
    "agent.got_stuck",
    "agent.got_unstuck",
    "agent.lost_sight_of",
    "agent.began_change",
    "agent.ended_change",
  ],
  config: ["agent.config_drifted", "agent.config_settled"],
} satisfies Record<string, FactKind[]>;

export type Standpoint = keyof typeof kindsOf;

/** An agent, and up to where the log is read for it. */
export type Asked = { id: string; seq: number };
export type NewestNews = Asked & { agent: WatchedAgent; news: News };

type Row = WatchedAgent & { seq: string; fact: string };

/**
 * Of each agent the fact that brought it where it stood at its `seq`: to a rule that is new it says what it would have
 * said when it happened. Those of whom nothing was told, and those who were removed, are missing.
 */
export async function newestNews(
  { account }: Pick<Ctx, "account">,
  tx: Tx,
  about: Standpoint,
  asked: readonly Asked[],
): Promise<NewestNews[]> {
  if (asked.length === 0) return [];
  const rows = await rawIn(tx)<Row[]>`
    select a.id, a.name, g.name as "group", a.tags, p.host, coalesce(p.status, 'unknown') as status, asked.seq,
      newest.fact
    from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as asked(id text, seq bigint)
    join agents a on a.id = asked.id and a.account_id = ${account} and a.removed_at is null
    left join groups g on g.id = a.group_id left join agent_presence p on p.agent_id = a.id
    cross join lateral (
      select json_build_object('kind', f.kind, 'at', f.at, 'actor', f.actor, 'target', f.target, 'reason', f.reason,
        'before', f.before, 'after', f.after, 'data', f.data)::text as fact
      from facts f where f.account_id = ${account} and f.target->>'id' = a.id and f.seq <= asked.seq
        and f.kind = any(${kindsOf[about]}::text[])
      order by f.seq desc limit 1) newest
    order by asked.seq, a.id`;
  return rows.flatMap(({ seq, fact, ...agent }) => {
    const news = newsOf(JSON.parse(fact) as ToldFact);
    return news ? [{ id: agent.id, seq: Number(seq), agent, news }] : [];
  });
}
