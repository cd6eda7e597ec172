import type { RuleDraft } from "@/contracts/watch/rule";
import { channelWords } from "../../words/channel-words";
import { capitalised, listWords } from "../../words/list-words";
import { spanWords } from "../../words/span-words";
import { windowWords } from "../../words/window-words";
import { clauseOf, hasScope } from "./condition-words";
import type { Names } from "./names";
import { plain } from "./parts";
import { exceptWords, scopeWords } from "./scope-words";
import { byRoutes } from "./sentence";

export const missingWords: Readonly<Record<RuleDraft["noData"], string>> = {
  alert: "make it an alert",
  ok: "take it as well",
  keep: "leave it as it was",
};

export function flapWords(flap: RuleDraft["flap"]): string {
  return flap ? `${flap.changes} changes within ${spanWords(flap.windowMs)}` : "not watched";
}

function labelsWords(labels: RuleDraft["labels"]): string {
  const names = Object.keys(labels).sort();
  return names.length === 0 ? "none" : names.map((name) => `${name} = ${labels[name]}`).join(", ");
}

/**
 * All that can be said of a rule, field by field, each in words: what an editor's history and a conflict show. The
 * words of two drafts differ where the drafts do, as far as people are concerned.
 */
export const ruleFields: readonly {
  fields: readonly (keyof RuleDraft)[];
  name: string;
  words: (draft: RuleDraft, names: Names) => string;
}[] = [
  { fields: ["name"], name: "Name", words: ({ name }) => name },
  { fields: ["enabled"], name: "Switch", words: ({ enabled }) => (enabled ? "on" : "off") },
  {
    fields: ["scope"],
    name: "Who is watched",
    words: ({ scope, condition }, names) =>
      hasScope(condition) ? scopeWords(scope, names) : "nothing of an agent",
  },
  {
    fields: ["except"],
    name: "Who is left out",
    words: ({ except }, names) => exceptWords(except, names) || "nobody",
  },
  {
    fields: ["condition"],
    name: "What is wrong",
    words: ({ condition }, names) => capitalised(plain(clauseOf(condition, { kind: "all" }, names))),
  },
  {
    fields: ["forMs"],
    name: "How long it has to last",
    words: ({ forMs }) => (forMs ? spanWords(forMs) : "at once"),
  },
  {
    fields: ["recoverMs"],
    name: "How long it has to be over",
    words: ({ recoverMs }) => (recoverMs ? spanWords(recoverMs) : "at once"),
  },
  { fields: ["severity"], name: "Severity", words: ({ severity }) => severity },
  {
    fields: ["channelIds"],
    name: "Who is told",
    words: ({ channelIds }, { channels }) => channelWords(channelIds, channels, byRoutes),
  },
  {
    fields: ["quiet"],
    name: "Quiet hours",
    words: ({ quiet }) => listWords(quiet.map(windowWords)) || "none",
  },
  { fields: ["labels"], name: "Labels", words: ({ labels }) => labelsWords(labels) },
  { fields: ["noData"], name: "Without data", words: ({ noData }) => missingWords[noData] },
  { fields: ["onError"], name: "When looking fails", words: ({ onError }) => missingWords[onError] },
  { fields: ["flap"], name: "Flapping", words: ({ flap }) => flapWords(flap) },
  { fields: ["runbook"], name: "What to do", words: ({ runbook }) => runbook || "nothing written" },
];
