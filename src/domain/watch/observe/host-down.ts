import type { Observation } from "./observation";
import type { WatchingRule } from "./rules-of-kind";

/** What a rule about hosts sees in the numbers of one: pure. */
export function observeHost(
  rule: WatchingRule<"host-down">,
  host: string,
  { total, offline }: { total: number; offline: number },
  at: Date,
): Observation {
  const bad = total >= rule.condition.atLeast && offline === total;
  const summary =
    total === 0
      ? "No agent is expected on it any more"
      : `${bad ? "All" : `${offline} of`} ${total} agents on it are offline`;
  return {
    ruleId: rule.id,
    subject: { kind: "host", id: host, name: host },
    agent: null,
    at,
    truth: bad ? "bad" : "good",
    since: at,
    value: offline,
    summary,
    lastKnown: null,
    count: 1,
  };
}
