import { rawIn, type Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import type { News } from "./news";
import { rulesOfKind, type WatchingRule } from "./rules-of-kind";

/** Crashes that agents told of and did not come back from yet: the session that follows one is the same restart. */
export class Crashes {
  /** When each of these agents crashed, by its id. */
  constructor(private readonly open: Map<string, Date> = new Map()) {}

  /** The news, of a session with the crash that it follows. To be asked in the order of the log. */
  follow(news: News): News {
    if (news.kind === "agent.crashed") this.open.set(news.agentId, news.at);
    if (news.kind !== "agent.connected") return news;
    const crashedAt = this.open.get(news.agentId) ?? null;
    this.open.delete(news.agentId);
    return { ...news, crashedAt };
  }
}

/**
 * Those before `firstSeq`, of the agents that connect in these news, as far back as the rules count. One question;
 * none where no rule counts restarts.
 */
export async function readCrashes(
  { account }: Pick<Ctx, "account">,
  tx: Tx,
  rules: readonly WatchingRule[],
  news: readonly News[],
  firstSeq: number,
): Promise<Crashes> {
  const counting = rulesOfKind(rules, "restart-loop");
  const connected = news.filter(({ kind, data }) => kind === "agent.connected" && data.previousSessionId);
  if (counting.length === 0 || connected.length === 0) return new Crashes();
  const windowMs = Math.max(...counting.map(({ condition }) => condition.windowMs));
  const oldestMs = Math.min(...connected.map(({ at }) => at.getTime())) - windowMs;
  const ids = [...new Set(connected.map(({ agentId }) => agentId))];
  const rows = await rawIn(tx)<{ id: string; at: string }[]>`
    select a.id, last.at from unnest(${ids}::text[]) as a(id) cross join lateral (
      select f.kind, f.at from facts f
      where f.account_id = ${account} and f.target->>'id' = a.id and f.seq < ${firstSeq}
        and f.stamped_at > ${new Date(oldestMs).toISOString()}::timestamptz
        and f.kind in ('agent.crashed', 'agent.connected')
      order by f.seq desc limit 1) last
    where last.kind = 'agent.crashed'`;
  return new Crashes(new Map(rows.map(({ id, at }) => [id, new Date(at)])));
}
