import type { Fact, FactKind } from "@/contracts/facts";
import type { Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import type { RuleRow } from "@/domain/watch/rules/view";
import { readCrashes } from "./crashes";
import { type News, newsOf } from "./news";
import type { Observation } from "./observation";
import { observeNews } from "./observe-fact";
import { observeFleet } from "./observe-fleet";
import { presentOfComers } from "./present-agents";
import { readAgents } from "./read-agents";
import type { WatchingRule } from "./rules-of-kind";

const readKinds: ReadonlySet<FactKind> = new Set<FactKind>([
  "agent.changed",
  "agent.removed",
  "agent.connected",
  "agent.came_online",
  "agent.went_offline",
  "agent.stopped",
  "agent.got_stuck",
  "agent.got_unstuck",
  "agent.lost_sight_of",
  "agent.began_change",
  "agent.ended_change",
  "agent.crashed",
  "agent.config_drifted",
  "agent.config_settled",
  "command.succeeded",
  "command.failed",
  "command.expired",
  "monitoring.was_blind",
  "rule.created",
  "rule.changed",
]);

/** Whether a fact may mean anything to any rule: the others are passed without a question to the database. */
export const concernsRules = ({ kind }: Pick<Fact, "kind">): boolean => readKinds.has(kind);

/** What each fact comes to, in the order of the log, and what all of them together say of hosts and the fleet. */
export type Seen = { byFact: { seq: number; observations: Observation[] }[]; fleet: Observation[] };

/** Reads facts for all rules that live by them. One question for the agents, however many facts there are. */
export async function readFactsForRules(ctx: Ctx, tx: Tx, rows: RuleRow[], facts: Fact[]): Promise<Seen> {
  const said: Said[] = facts.flatMap((fact) => {
    const news = concernsRules(fact) ? newsOf(fact) : null;
    return news ? [{ seq: fact.seq, news }] : [];
  });
  const [first] = said;
  if (!first || rows.length === 0) return { byFact: [], fleet: [] };
  const agents = await readAgents(
    ctx,
    tx,
    said.map(({ news }) => news.agentId),
  );
  const rules: WatchingRule[] = rows.flatMap(({ id, draft }) =>
    draft.enabled ? [{ id, draft, condition: draft.condition }] : [],
  );
  const allNews = said.map(({ news }) => news);
  const crashes = await readCrashes(ctx, tx, rules, allNews, first.seq);
  const present = await presentOfComers(ctx, tx, rules, said.flatMap(comerOf));
  const byFact = said.map(({ seq, news }) => ({
    seq,
    observations: [
      ...observeNews(rules, crashes.follow(news), agents.get(news.agentId) ?? null),
      ...(present.get(seq) ?? []),
    ],
  }));
  const hosts = [...agents.values()].map(({ host }) => host);
  const fleet = await observeFleet(ctx, tx, rows, allNews, hosts);
  return { byFact, fleet };
}

type Said = { seq: number; news: News };

/** Another group or other tags may bring an agent into the scope of rules that have not looked at it yet. */
function comerOf({ seq, news: { kind, agentId: id, at, after } }: Said) {
  return kind === "agent.changed" && ("group" in after || "tags" in after) ? [{ id, seq, at }] : [];
}

/** The same as one list, for whoever judges it at once. */
export async function observeFacts(ctx: Ctx, tx: Tx, rows: RuleRow[], facts: Fact[]): Promise<Observation[]> {
  const { byFact, fleet } = await readFactsForRules(ctx, tx, rows, facts);
  return [...byFact.flatMap(({ observations }) => observations), ...fleet];
}
