import type { RuleDraft, RuleScope } from "./rule";

/** An agent as far as scopes care. */
export type ScopedAgent = { id: string; group: string | null; tags: readonly string[] };

/** Whether a rule watches the agent: it is in the scope and in none of the exceptions. */
export function watches(rule: Pick<RuleDraft, "scope" | "except">, agent: ScopedAgent): boolean {
  return holds(rule.scope, agent) && !rule.except.some((exception) => holds(exception, agent));
}

/** Names of groups and tags are compared as they are unique: without case. */
function holds(scope: RuleScope, agent: ScopedAgent): boolean {
  switch (scope.kind) {
    case "all":
      return true;
    case "group":
      return agent.group?.toLowerCase() === scope.group.toLowerCase();
    case "tag":
      return agent.tags.includes(scope.tag.toLowerCase());
    case "agents":
      return scope.agentIds.includes(agent.id);
  }
}
