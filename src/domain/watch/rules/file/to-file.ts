import { exactDuration } from "@/contracts/watch/exact-duration";
import type { RuleDraft, RuleScope } from "@/contracts/watch/rule";
import { canonical } from "../changed-fields";
import type { FileNames } from "./names";
import { defaultsOfFile, fileWord, ruleFields } from "./words";

/** A rule in the words of the file. What is as it is by default is left out, also channels and agents that are gone. */
export function toFile(draft: RuleDraft, names: FileNames): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const field of ruleFields) {
    const value = inFileWords(draft, field, names);
    if (canonical(value) !== canonical(inFileWords(defaultsOfFile as RuleDraft, field, names)))
      written[fileWord(field)] = value;
  }
  return written;
}

function inFileWords(draft: RuleDraft, field: (typeof ruleFields)[number], names: FileNames): unknown {
  switch (field) {
    case "scope":
      return draft.scope && scopeWords(draft.scope, names);
    case "except":
      return draft.except.map((scope) => scopeWords(scope, names));
    case "condition":
    case "flap":
      return draft[field] && durationsInWords(draft[field]);
    case "forMs":
    case "recoverMs":
      return exactDuration(draft[field]);
    case "channelIds":
      return draft.channelIds.flatMap((id) => names.channels.nameOf(id) ?? []);
    default:
      return draft[field];
  }
}

function durationsInWords(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      fileWord(field),
      field.endsWith("Ms") ? exactDuration(Number(value)) : value,
    ]),
  );
}

function scopeWords(scope: RuleScope, names: FileNames): unknown {
  if (scope.kind === "all") return "all";
  if (scope.kind === "group") return { group: scope.group };
  if (scope.kind === "tag") return { tag: scope.tag };
  // An agent that is unknown keeps its id: without it the scope would be another one.
  return { agents: scope.agentIds.map((id) => names.agents.nameOf(id) ?? id) };
}
