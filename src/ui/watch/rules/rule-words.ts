import type { Rule, RuleScope } from "@/contracts/watch/rule";

/** A rule as far as its sentence goes. */
export type RuleWish = Pick<Rule, "kind" | "scope" | "severity" | "channelIds">;

/** "any agent", "any agent in cron-workers", "any agent tagged nightly". */
export function scopeWords(scope: RuleScope): string {
  if (scope.kind === "group") return `any agent in ${scope.group}`;
  return scope.kind === "tag" ? `any agent tagged ${scope.tag}` : "any agent";
}

/** "every channel", "Ops Teams", "Ops Teams and Night shift"; a channel that is gone is named as such. */
export function channelWords(
  ids: readonly string[],
  channels: readonly { id: string; name: string }[],
): string {
  if (ids.length === 0) return "every channel";
  const names = ids.map((id) => channels.find((channel) => channel.id === id)?.name ?? "a deleted channel");
  const last = names.at(-1) ?? "";
  return names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** "a critical", "an info". */
export function severityWords(severity: Rule["severity"]): string {
  return severity === "info" ? "an info" : `a ${severity}`;
}

/** The rule in one sentence: "When any agent is offline, tell Ops Teams as a critical alert." */
export function ruleSentence(rule: RuleWish, channels: readonly { id: string; name: string }[]): string {
  const told = channelWords(rule.channelIds, channels);
  return `When ${scopeWords(rule.scope)} is ${rule.kind}, tell ${told} as ${severityWords(rule.severity)} alert.`;
}

/** The name that a rule gets when nobody gives it one. */
export function ruleName(rule: Pick<Rule, "kind" | "scope">): string {
  const words = `${scopeWords(rule.scope)} is ${rule.kind}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Two scopes that mean the same, for telling whether a draft differs from what is saved. */
export function scopeKey(scope: RuleScope): string {
  if (scope.kind === "group") return `group:${scope.group}`;
  return scope.kind === "tag" ? `tag:${scope.tag}` : "all";
}

/** What differs between the saved rule and the draft, as a change to send; null when nothing does. */
export function ruleChange(saved: Rule, draft: RuleWish): Partial<Rule> | null {
  const change: Partial<Rule> = {};
  if (scopeKey(saved.scope) !== scopeKey(draft.scope)) {
    change.scope = draft.scope;
    // A name that was made from the sentence follows it; one that a person gave stays.
    if (saved.name === ruleName(saved)) change.name = ruleName(draft);
  }
  if (saved.severity !== draft.severity) change.severity = draft.severity;
  if ([...saved.channelIds].sort().join() !== [...draft.channelIds].sort().join())
    change.channelIds = draft.channelIds;
  return Object.keys(change).length === 0 ? null : change;
}
