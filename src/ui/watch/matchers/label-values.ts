import type { Alert } from "@/contracts/watch/alert";
import { alertLabels } from "@/contracts/watch/matcher";

/** What is known of each label: names to pick and the values that stand behind them. */
export type LabelValues = ReadonlyMap<string, readonly string[]>;

const mostValues = 50;

/** Names and values to suggest, from the agents and alerts that the page knows anyway. */
export function labelValues(
  agents: readonly { name: string; group: string | null; tags: readonly string[]; host: string | null }[],
  alerts: readonly Alert[],
): LabelValues {
  const values = new Map<string, Set<string>>(alertLabels.map((label) => [label, new Set()]));
  const add = (label: string, value: string | null) => {
    if (!value) return;
    const known = values.get(label) ?? new Set();
    values.set(label, known);
    if (known.size < mostValues) known.add(value);
  };
  for (const severity of ["critical", "warning", "info"]) add("severity", severity);
  for (const alert of alerts) {
    add("rule", alert.ruleName);
    add("kind", alert.kind);
    add("subject", alert.subject.name);
    for (const [label, value] of Object.entries(alert.labels)) add(label, value);
  }
  for (const agent of agents) {
    add("agent", agent.name);
    add("group", agent.group);
    add("host", agent.host);
    for (const tag of agent.tags) add("tag", tag);
  }
  return new Map([...values].map(([label, known]) => [label, [...known].sort()]));
}
