import { exactDuration } from "@/contracts/watch/exact-duration";
import type { Rule, RuleScope } from "@/contracts/watch/rule";

/** A scope as `--scope` takes it. */
export function scopeText(scope: RuleScope): string {
  if (scope.kind === "all") return "all";
  if (scope.kind === "group") return `group:${scope.group}`;
  if (scope.kind === "tag") return `tag:${scope.tag}`;
  return `agents:${scope.agentIds.join(",")}`;
}

/** A condition as `--when` takes it: `stuck after=15m`. */
export function conditionText({ kind, ...values }: Rule["condition"]): string {
  const words = Object.entries(values).map(([name, value]) =>
    name.endsWith("Ms")
      ? `${name.slice(0, -2)}=${exactDuration(Number(value))}`
      : `${name}=${Array.isArray(value) ? value.join(",") : value}`,
  );
  return [kind, ...words].join(" ");
}

/** Everything that a rule says, a line a word. */
export function ruleLines(rule: Rule, channelName: (id: string) => string): [string, string][] {
  const lines: [string, string | null][] = [
    ["name", rule.name],
    ["id", rule.id],
    ["version", `${rule.version} of ${rule.changedAt}`],
    ["enabled", rule.enabled ? "yes" : "no"],
    ["severity", rule.severity],
    ["when", conditionText(rule.condition)],
    ["scope", scopeText(rule.scope)],
    ["except", rule.except.map(scopeText).join(" ") || null],
    ["for", exactDuration(rule.forMs)],
    ["recover", exactDuration(rule.recoverMs)],
    ["no data", rule.noData],
    ["on error", rule.onError],
    ["flapping", rule.flap && `${rule.flap.changes} changes in ${exactDuration(rule.flap.windowMs)}`],
    ["channels", rule.channelIds.map(channelName).join(", ") || "as the routes say"],
    ["quiet", rule.quiet.map(({ days, from, to, zone }) => `days ${days} ${from}–${to} ${zone}`).join("; ")],
    [
      "labels",
      Object.entries(rule.labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(" "),
    ],
    ["runbook", rule.runbook],
  ];
  return lines.filter((line): line is [string, string] => Boolean(line[1]));
}
