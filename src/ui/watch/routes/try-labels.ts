import type { Agent } from "@/contracts/fleet/agent";
import type { Alert } from "@/contracts/watch/alert";
import type { Severity } from "@/contracts/watch/rule";

/** What is tried: a firing alert by its id, or one that is thought up. */
export interface Tried {
  alertId: string | null;
  severity: Severity;
  kind: string;
  agent: string;
  group: string;
  tags: string;
  host: string;
  rule: string;
}

export const startTried: Tried = {
  alertId: null,
  severity: "critical",
  kind: "offline",
  agent: "",
  group: "",
  tags: "",
  host: "",
  rule: "",
};

/** The labels that an alert has, as the server makes them. */
export function labelsOfAlert(alert: Alert, agentName: string): Record<string, string | string[]> {
  return {
    ...alert.labels,
    agent: alert.agentId ? agentName : "",
    group: alert.group ?? "",
    tag: alert.tags,
    host: alert.host ?? "",
    rule: alert.ruleName,
    kind: alert.kind,
    severity: alert.severity,
    subject: alert.subject.name,
  };
}

/** The labels of the alert that is thought up. */
export function labelsOfTried(tried: Tried): Record<string, string | string[]> {
  const { severity, kind, agent, group, host, rule } = tried;
  const tag = tried.tags.split(/[,\s]+/).filter(Boolean);
  return { severity, kind, agent, group, host, rule, tag, subject: agent };
}

/** An agent that is known brings its group, tags and host along. */
export function withAgent(
  tried: Tried,
  name: string,
  agents: readonly Pick<Agent, "name" | "group" | "tags" | "host">[],
): Tried {
  const known = agents.find((agent) => agent.name === name);
  if (!known) return { ...tried, agent: name };
  return {
    ...tried,
    agent: name,
    group: known.group ?? "",
    tags: known.tags.join(" "),
    host: known.host ?? "",
  };
}
