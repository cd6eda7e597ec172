import type { Rule, RuleScope } from "@/contracts/watch/rule";
import { durationText } from "../duration-text";

/** An agent as far as rules care. */
export type WatchedAgent = { id: string; name: string; group: string | null; tags: string[] };

/** What was seen: an agent fell silent, came back, was stopped on purpose, or left the fleet. */
export type Observation = {
  agent: WatchedAgent;
  seen: "offline" | "back" | "stopped" | "removed";
  /** Who did it, where somebody did. */
  by: string | null;
  /** Since when the rule's alert about this agent fires; null when none does. */
  firingSince: Date | null;
};

/** The reason is for people: of a hold in a rehearsal, of a resolve in the message. */
export type Decision = { act: "fire" | "resolve" | "hold"; reason: string };

/**
 * What a rule makes of an observation. Pure, so that a rehearsal over history answers the same as life. An agent
 * that moved out of the rule's scope while its alert fires is still resolved: nobody is left with a dead alarm.
 */
export function decide(rule: Pick<Rule, "scope" | "enabled">, observation: Observation, now: Date): Decision {
  const { agent, seen, by, firingSince } = observation;
  if (seen !== "offline") {
    if (!firingSince) return { act: "hold", reason: "No alert is firing." };
    if (seen === "back")
      return {
        act: "resolve",
        reason: `Back online after ${durationText(now.getTime() - firingSince.getTime())}`,
      };
    if (seen === "stopped")
      return { act: "resolve", reason: by ? `Stopped on purpose by ${by}` : "Stopped on purpose" };
    return { act: "resolve", reason: by ? `Removed from the fleet by ${by}` : "Removed from the fleet" };
  }
  if (!rule.enabled) return { act: "hold", reason: "The rule is switched off." };
  if (!inScope(rule.scope, agent)) return { act: "hold", reason: "The agent is not in the rule's scope." };
  if (firingSince) return { act: "hold", reason: "The alert is firing already." };
  return { act: "fire", reason: "The agent fell silent." };
}

/** Whether a rule with `scope` watches the agent. Group names are compared as they are unique: without case. */
export function inScope(scope: RuleScope, agent: Pick<WatchedAgent, "group" | "tags">): boolean {
  if (scope.kind === "all") return true;
  if (scope.kind === "group") return agent.group?.toLowerCase() === scope.group.toLowerCase();
  return agent.tags.includes(scope.tag.toLowerCase());
}
