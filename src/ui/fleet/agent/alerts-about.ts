import type { Agent } from "@/contracts/fleet/agent";
import type { Alert } from "@/contracts/watch/alert";
import { byUrgency } from "../../watch/alerts/alert-words";

/** What of an agent says which alerts are about it. */
export type AlertedAgent = Pick<Agent, "id" | "group" | "host" | "tags">;

/**
 * The alerts that whoever looks at this agent must know of, the most urgent first: its own, those of a host that it
 * is on, and outages of a fleet that it belongs to.
 */
export function alertsAbout(agent: AlertedAgent, firing: readonly Alert[]): Alert[] {
  return firing.filter((alert) => isAbout(agent, alert)).sort(byUrgency);
}

function isAbout(agent: AlertedAgent, { agentId, kind, subject }: Alert): boolean {
  if (agentId !== null) return agentId === agent.id;
  if (kind === "host-down") return agent.host !== null && subject.id === agent.host;
  return kind === "outage" && !isOfOthers(agent, subject.name);
}

/** An alert about many says whose outage it is in its subject's name only, and of "3 agents" not which. */
function isOfOthers({ group, tags }: AlertedAgent, name: string): boolean {
  if (/^(One agent|\d+ agents)$/.test(name)) return true;
  const [, scope, word = ""] = /^(Group|Agents tagged) (.+)$/.exec(name) ?? [];
  if (scope === "Group") return word !== group;
  return scope !== undefined && !tags.includes(word);
}
