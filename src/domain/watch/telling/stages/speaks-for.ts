import type { ConditionKind } from "@/contracts/watch/condition";
import type { Labels } from "@/contracts/watch/matcher";
import type { RuleDraft, RuleScope } from "@/contracts/watch/rule";
import { watches } from "@/contracts/watch/scope";
import { valuesOf } from "../matches";

/** Whom a rule watches. */
export type Watched = Pick<RuleDraft, "scope" | "except">;

/** Kinds whose alert is about many agents at once: all whom its rule watches, on one host or everywhere. */
export const kindsOfMany = ["outage", "host-down"] as const satisfies readonly ConditionKind[];
const ofMany = new Set<unknown>(kindsOfMany);

export const isOfMany = ({ kind }: Labels): boolean => ofMany.has(kind);

/** Whom an alert is about, as far as scopes care. */
export type About = {
  labels: Labels;
  /** Null: about no agent, or about many. */
  agentId: string | null;
  /** Of one about many: whom its rule watches; null when that is not known. */
  watched: Watched | null;
};

/**
 * Whether an alert about many agents speaks for another one too: its agent is among those whom the rule watches, or
 * all of its agents are. An agent is in the group and has the tags with which its own alert began, as for every
 * matcher. What is about no agent at all, only a rule about everybody speaks for.
 */
export function speaksFor(source: Watched | null, { labels, agentId, watched }: About): boolean {
  if (!source) return false;
  if (isOfMany(labels)) return watched ? holdsAllOf(source, watched) : isEverybody(source);
  if (agentId === null) return isEverybody(source);
  const [group = ""] = valuesOf(labels, "group");
  return watches(source, { id: agentId, group: group === "" ? null : group, tags: valuesOf(labels, "tag") });
}

const isEverybody = ({ scope, except }: Watched) => scope.kind === "all" && except.length === 0;

/** Whether the one rule watches everybody whom the other one watches, whatever groups and tags agents have. */
function holdsAllOf(one: Watched, other: Watched): boolean {
  return (
    includes(one.scope, other.scope) &&
    one.except.every((exception) => other.except.some((left) => includes(left, exception)))
  );
}

function includes(one: RuleScope, other: RuleScope): boolean {
  if (one.kind === "all") return true;
  if (one.kind === "agents") {
    return other.kind === "agents" && other.agentIds.every((id) => one.agentIds.includes(id));
  }
  return nameOf(one) === nameOf(other);
}

/** Names of groups and tags are unique without case. */
function nameOf(scope: RuleScope): string | null {
  if (scope.kind === "group") return `group ${scope.group.toLowerCase()}`;
  return scope.kind === "tag" ? `tag ${scope.tag.toLowerCase()}` : null;
}
