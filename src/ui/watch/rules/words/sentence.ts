import type { RuleDraft } from "@/contracts/watch/rule";
import { channelWords } from "../../words/channel-words";
import { capitalised } from "../../words/list-words";
import { spanWords } from "../../words/span-words";
import { heldKinds } from "./condition-choices";
import { clauseOf, hasScope } from "./condition-words";
import type { Names } from "./names";
import { noNames } from "./names";
import { type Part, pill, plain, text } from "./parts";
import { exceptWords } from "./scope-words";

/** A rule as far as its sentence goes. */
export type Spoken = Pick<RuleDraft, "condition" | "scope" | "except" | "forMs" | "channelIds" | "severity">;

export const byRoutes = "whom the routes name";

/** "a critical", "an info". */
export function severityWords(severity: RuleDraft["severity"]): string {
  return severity === "info" ? "an info" : `a ${severity}`;
}

/** Who is left out and how long it has to last: between what is wrong and who is told. */
function limits({ condition, except, forMs }: Spoken, names: Names): Part[] {
  const parts: Part[] = [];
  const held = pill("for", "How long it has to last", forMs === 0 ? "at once" : spanWords(forMs), "forMs");
  const natural = heldKinds.includes(condition.kind);
  if (natural && forMs > 0) parts.push(text(" for "), held);
  if (except.length > 0 && hasScope(condition))
    parts.push(text(", except "), pill("except", "Who is left out", exceptWords(except, names), "except"));
  if (!natural && forMs > 0) parts.push(text(", and that lasts for "), held);
  parts.push(text(", "));
  if (natural && forMs === 0) parts.push(held, text(" "));
  return parts;
}

/** The rule in pieces: "When [any agent in cron-workers] is [offline] for [5 min], tell [Ops Teams] as [a critical] alert." */
export function sentenceParts(rule: Spoken, names: Names): Part[] {
  return [
    text("When "),
    ...clauseOf(rule.condition, rule.scope, names),
    ...limits(rule, names),
    text("tell "),
    pill("channels", "Who is told", channelWords(rule.channelIds, names.channels, byRoutes), "channelIds"),
    text(" as "),
    pill("severity", "How severe", severityWords(rule.severity), "severity"),
    text(" alert."),
  ];
}

export function sentenceOf(rule: Spoken, names: Names): string {
  return plain(sentenceParts(rule, names));
}

/** What is wrong with whom, without who is told: "any agent is offline for 5 min, except those tagged canary". */
export function triggerOf(rule: Spoken, names: Names = noNames): string {
  const said = plain([...clauseOf(rule.condition, rule.scope, names), ...limits(rule, names)]);
  return said.replace(/, (at once )?$/, "");
}

/** The name that a rule gets when nobody gives it one; as long as a name may be. */
export function ruleName(rule: Spoken, names: Names = noNames): string {
  const name = capitalised(triggerOf(rule, names));
  return name.length <= 120 ? name : `${name.slice(0, 119).trimEnd()}…`;
}
