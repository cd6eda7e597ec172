import type { Agent } from "@/contracts/fleet/agent";
import type { RuleDraft } from "@/contracts/watch/rule";
import { watches } from "@/contracts/watch/scope";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import { byUrgency } from "../../watch/alerts/alert-words";

/** What of an agent says which alerts are about it. */
export type AlertedAgent = Pick<Agent, "id" | "group" | "host" | "tags">;

/** Whom rules watch, by their ids; undefined: not known, so that any outage may be about anybody. */
export type WatchedBy = ReadonlyMap<string, Pick<RuleDraft, "scope" | "except">> | undefined;

/**
 * The alerts that whoever looks at this agent must know of, the most urgent first: its own, those of a host that it
 * is on, and outages of a fleet that it belongs to.
 */
export function alertsAbout(
  agent: AlertedAgent,
  firing: readonly BoardAlert[],
  watchedBy: WatchedBy,
): BoardAlert[] {
  return firing.filter((alert) => isAbout(agent, alert, watchedBy)).sort(byUrgency);
}

function isAbout(agent: AlertedAgent, { agentId, kind, subject, ruleId }: BoardAlert, watchedBy: WatchedBy) {
  if (agentId !== null) return agentId === agent.id;
  if (kind === "host-down") return agent.host !== null && subject.id === agent.host;
  if (kind !== "outage") return false;
  if (!watchedBy) return true;
  const rule = watchedBy.get(ruleId);
  return rule !== undefined && watches(rule, agent);
}
