import type { RuleScope } from "@/contracts/watch/rule";
import type { Observation } from "./observation";
import type { WatchingRule } from "./rules-of-kind";

/** What an outage rule sees in numbers: pure. */
export function observeOutage(
  rule: WatchingRule<"outage">,
  { total, offline }: { total: number; offline: number },
  at: Date,
): Observation {
  const { percent, atLeast } = rule.condition;
  const share = total === 0 ? 0 : (100 * offline) / total;
  const bad = offline >= atLeast && share >= percent;
  return {
    ruleId: rule.id,
    subject: { kind: "fleet", id: "fleet", name: nameOfScope(rule.draft.scope) },
    agent: null,
    at,
    truth: bad ? "bad" : "good",
    since: at,
    value: Math.round(share * 10) / 10,
    summary: `${offline} of ${total} agents are offline`,
    lastKnown: null,
    count: 1,
  };
}

/** "All agents", "Group workers": whom a rule is about, as the subject's name. */
export function nameOfScope(scope: RuleScope): string {
  switch (scope.kind) {
    case "all":
      return "All agents";
    case "group":
      return `Group ${scope.group}`;
    case "tag":
      return `Agents tagged ${scope.tag}`;
    case "agents":
      return scope.agentIds.length === 1 ? "One agent" : `${scope.agentIds.length} agents`;
  }
}
