import type { ConditionKind } from "@/contracts/watch/condition";
import { rawIn, type Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import { type NewestNews, newestNews, type Standpoint } from "./newest-news";
import { type Observation, subjectKey } from "./observation";
import { observeNews } from "./observe-fact";
import { openStates } from "./open-states";
import type { WatchingRule } from "./rules-of-kind";

/** Agents that one question is about. */
const pageAgents = 1_000;

/** What of an agent's present is stored; what is counted begins empty, and what the clock looks for it finds anyway. */
const standpointOf: { [Kind in ConditionKind]?: Standpoint } = {
  offline: "presence",
  "no-heartbeat": "presence",
  stuck: "presence",
  "config-drift": "config",
};
const standpoints = ["presence", "config"] as const;

/** A rule that is new, and from when on it watches. */
export type NewRule = WatchingRule & { at: Date };

const rulesAbout = <Rule extends WatchingRule>(about: Standpoint, rules: readonly Rule[]) =>
  rules.filter(({ condition }) => standpointOf[condition.kind] === about);

/**
 * What new rules see of agents as the log left them at `seq`: what is bad and not open yet, `most` at most. To be
 * asked again after these were judged, until there are fewer.
 */
export async function presentOfAgents(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  rules: readonly NewRule[],
  seq: number,
  most: number,
): Promise<Observation[]> {
  const seen: Observation[] = [];
  for (const about of standpoints) {
    const own = rulesAbout(about, rules);
    let after: string | undefined = own.length > 0 ? "" : undefined;
    while (after !== undefined) {
      const ids: string[] = await troubledAgents(ctx, tx, about, after);
      const asked = ids.map((id) => ({ id, seq }));
      const page = await newestNews(ctx, tx, about, asked);
      const open = await openStates(
        tx,
        own.map(({ id }) => id),
        ids,
      );
      for (const one of page) {
        for (const rule of own) {
          const state = open.get(rule.id)?.get(subjectKey({ kind: "agent", id: one.id }))?.state;
          if (state !== "pending" && state !== "firing") seen.push(...troubleOf([rule], one, rule.at));
          if (seen.length >= most) return seen;
        }
      }
      after = ids.length < pageAgents ? undefined : ids.at(-1);
    }
  }
  return seen;
}

/** An agent that came into the scope of rules, by which fact, and when. */
export type Comer = { id: string; seq: number; at: Date };

/** What rules see of agents that came into their scope, as the log left each then; by the `seq` of its coming. */
export async function presentOfComers(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  rules: readonly WatchingRule[],
  comers: readonly Comer[],
): Promise<Map<number, Observation[]>> {
  const found = new Map<number, Observation[]>();
  const cameAt = new Map(comers.map(({ seq, at }) => [seq, at]));
  for (const about of standpoints) {
    const own = rulesAbout(about, rules);
    if (own.length === 0) continue;
    for (const one of await newestNews(ctx, tx, about, comers)) {
      const seen = troubleOf(own, one, cameAt.get(one.seq) ?? one.news.at);
      found.set(one.seq, [...(found.get(one.seq) ?? []), ...seen]);
    }
  }
  return found;
}

/** What is bad of an agent as it stands, seen at a later moment. */
function troubleOf(rules: readonly WatchingRule[], { agent, news }: NewestNews, at: Date): Observation[] {
  const seen = observeNews(rules, news, agent).filter(({ truth }) => truth === "bad");
  return seen.map((observation) => ({ ...observation, at }));
}

/** Agents of whom something may be wrong, in the order of their ids. */
async function troubledAgents(
  { account }: Pick<Ctx, "account">,
  tx: Tx,
  about: Standpoint,
  after: string,
): Promise<string[]> {
  const sql = rawIn(tx);
  const rows =
    about === "presence"
      ? await sql<{ id: string }[]>`
          select a.id from agents a join agent_presence p on p.agent_id = a.id
          where a.account_id = ${account} and a.removed_at is null and a.id > ${after}
            and (p.status in ('offline', 'stopped') or p.activity = 'stuck')
          order by a.id limit ${pageAgents}`
      : await sql<{ id: string }[]>`
          select distinct target->>'id' as id from facts
          where account_id = ${account} and kind = 'agent.config_drifted' and target->>'id' > ${after}
          order by 1 limit ${pageAgents}`;
  return rows.map(({ id }) => id);
}
