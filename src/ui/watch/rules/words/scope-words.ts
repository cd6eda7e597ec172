import type { RuleScope } from "@/contracts/watch/rule";
import { countOf } from "../../../format/quantity";
import { listWords } from "../../words/list-words";
import type { Names } from "./names";

function agentNames(ids: readonly string[], names: Names): string {
  const known = ids.map((id) => names.agent(id));
  if (ids.length > 3 || known.includes(undefined)) return countOf(ids.length, "chosen agent");
  return listWords(
    known.filter((name) => name !== undefined),
    "or",
  );
}

/** Any one of them: "any agent", "any agent in cron-workers", "any agent tagged nightly", "indexer or crawler". */
export function scopeWords(scope: RuleScope, names: Names): string {
  if (scope.kind === "group") return `any agent in ${scope.group}`;
  if (scope.kind === "tag") return `any agent tagged ${scope.tag}`;
  if (scope.kind === "all") return "any agent";
  const said = agentNames(scope.agentIds, names);
  return said.endsWith("chosen agents") ? `any of ${said}` : said;
}

/** All of them together: "all agents", "the agents in cron-workers". */
export function scopeManyWords(scope: RuleScope, names: Names): string {
  if (scope.kind === "group") return `the agents in ${scope.group}`;
  if (scope.kind === "tag") return `the agents tagged ${scope.tag}`;
  if (scope.kind === "all") return "all agents";
  return agentNames(scope.agentIds, names).replace(/ or /, " and ");
}

/** As an exception: "cron-workers", "those tagged canary", "indexer". */
export function exceptWords(except: readonly RuleScope[], names: Names): string {
  return listWords(
    except.map((scope) => {
      if (scope.kind === "group") return `those in ${scope.group}`;
      if (scope.kind === "tag") return `those tagged ${scope.tag}`;
      if (scope.kind === "all") return "all agents";
      return agentNames(scope.agentIds, names).replace(/ or /, " and ");
    }),
  );
}

/** Two scopes that mean the same have the same key. */
export function scopeKey(scope: RuleScope): string {
  if (scope.kind === "group") return `group:${scope.group.toLowerCase()}`;
  if (scope.kind === "tag") return `tag:${scope.tag.toLowerCase()}`;
  return scope.kind === "agents" ? `agents:${[...scope.agentIds].sort().join()}` : "all";
}
