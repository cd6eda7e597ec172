import type { ConditionKind } from "@/contracts/watch/condition";
import { watches } from "@/contracts/watch/scope";
import type { Sight, SightOf } from "./agent-kinds";
import { sightOfCommandFailed } from "./command-failed";
import { sightOfConfigDrift } from "./config-drift";
import { type News, withAuthor } from "./news";
import { sightOfNoHeartbeat } from "./no-heartbeat";
import type { Observation, WatchedAgent } from "./observation";
import { sightOfOffline } from "./offline";
import { sightOfRestartLoop } from "./restart-loop";
import type { WatchingRule } from "./rules-of-kind";
import { sightOfStuck } from "./stuck";

/** Kinds that are judged for an agent; those without a reader here see it by the clock, but end with it too. */
const readers: { [Kind in ConditionKind]?: SightOf<Kind> } = {
  offline: sightOfOffline,
  "no-heartbeat": sightOfNoHeartbeat,
  stuck: sightOfStuck,
  "restart-loop": sightOfRestartLoop,
  "command-failed": sightOfCommandFailed,
  "config-drift": sightOfConfigDrift,
  metric: () => null,
  log: () => null,
};

/**
 * What rules about agents see in a fact's news: pure. `agent` is what is known of it now. Good news come for every
 * rule, also for one that does not watch the agent any more: nobody is left with a dead alarm.
 */
export function observeNews(
  rules: readonly WatchingRule[],
  news: News,
  agent: WatchedAgent | null,
): Observation[] {
  const known = agent ?? unknownAgent(news);
  const seen: Observation[] = [];
  for (const rule of rules) {
    const sight = sightOf(rule, news, known);
    if (sight) seen.push(observation(rule, news, known, sight));
  }
  return seen;
}

function sightOf(rule: WatchingRule, news: News, agent: WatchedAgent): Sight | null {
  const read = readers[rule.condition.kind] as SightOf<ConditionKind> | undefined;
  if (!read) return null;
  const over = { truth: "good", since: news.at, final: true } as const;
  if (news.kind === "agent.removed") return { ...over, summary: withAuthor("Removed from the fleet", news) };
  const watched = watches(rule.draft, agent);
  if (news.kind === "agent.changed" && !watched) {
    return { ...over, summary: withAuthor("Taken out of the rule's scope", news) };
  }
  const sight = read(news, rule);
  return sight && (watched || sight.truth === "good") ? sight : null;
}

function observation(rule: WatchingRule, news: News, agent: WatchedAgent, sight: Sight): Observation {
  return {
    ruleId: rule.id,
    subject: { kind: "agent", id: agent.id, name: agent.name },
    agent: { ...agent, status: news.status ?? agent.status, host: news.host ?? agent.host },
    at: news.at,
    value: null,
    lastKnown: null,
    count: 1,
    ...sight,
  };
}

/** An agent that is gone from the table by the time we read: the fact's own words must do. */
function unknownAgent({ agentId, agentName, host, status }: News): WatchedAgent {
  return {
    id: agentId,
    name: agentName ?? agentId,
    group: null,
    tags: [],
    host,
    status: status ?? "unknown",
  };
}
