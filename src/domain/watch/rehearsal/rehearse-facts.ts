import { type FactKind, factKinds } from "@/contracts/facts";
import type { ConditionKind } from "@/contracts/watch/condition";
import { Crashes } from "../observe/crashes";
import { newsOf } from "../observe/news";
import { observeNews } from "../observe/observe-fact";
import { concernsRules } from "../observe/observe-facts";
import { blindOf } from "./blindness";
import { Fold } from "./fold";
import { nothingTold, type Stage, type Told } from "./stage";
import { storedFacts } from "./stored-facts";
import { watching } from "./watching";

const always: readonly FactKind[] = ["agent.removed", "agent.changed", "monitoring.was_blind"];

/** Facts that may mean something to a rule of the kind: the others are not even read. */
export function kindsOfFacts(kind: ConditionKind): FactKind[] {
  return factKinds.filter((fact) => {
    if (!concernsRules({ kind: fact })) return false;
    if (always.includes(fact)) return true;
    if (kind === "command-failed") return fact.startsWith("command.");
    if (kind === "config-drift") return fact.startsWith("agent.config_");
    return fact.startsWith("agent.");
  });
}

/** Rules that live by the facts of agents: the log is read again, in its order. */
export async function rehearseFacts(stage: Stage): Promise<Told> {
  const { ctx, rule, span, range, agents, outcome, bounds } = stage;
  const told = nothingTold();
  const fold = new Fold(ctx, rule, outcome);
  const rules = [watching(rule)];
  const crashes = new Crashes();
  for await (const fact of storedFacts(ctx, kindsOfFacts(rule.draft.condition.kind), range, bounds)) {
    const at = new Date(fact.at);
    if (at < span.runUp) continue;
    if (bounds.over) {
      told.stoppedAt = at;
      break;
    }
    const blind = blindOf(fact);
    if (blind) fold.wasBlind(blind);
    const read = newsOf(fact);
    if (!read) continue;
    const news = crashes.follow(read);
    for (const seen of observeNews(rules, news, agents.get(news.agentId) ?? null)) fold.see(seen);
  }
  fold.end(told.stoppedAt ?? span.to);
  return told;
}
