import type { Alert } from "@/contracts/watch/alert";
import type { ConditionKind } from "@/contracts/watch/condition";
import { durationText, utcText } from "../../duration-text";
import { asOf, isOverIn, type Message, type Telling } from "../message";
import { type Brief, pathOf } from "./brief";
import { type Limits, line, paragraphs } from "./words";

const wordOf: Record<ConditionKind, string> = {
  offline: "Offline",
  "no-heartbeat": "Silent",
  stuck: "Stuck",
  "restart-loop": "Restarting",
  metric: "Metric",
  log: "Log",
  "command-failed": "Failed",
  "config-drift": "Drift",
  expiry: "Expiring",
  outage: "Outage",
  "host-down": "Host down",
  self: "Mission Control",
};

/** What kind of trouble, in a word. */
export function troubleWord(alert: Pick<Alert, "kind">): string {
  return wordOf[alert.kind];
}

/** All about one alert: what is wrong, with whom, where, since when, what was known last, and what to do about it. */
export function briefOfOne(
  message: Message,
  { alert, as }: { alert: Alert; as: Telling },
  consoleUrl: string,
  limits: Limits,
): Brief {
  const resolved = as === "resolved";
  const over = resolved || isOverIn(message, alert);
  const name = (text: string | null, otherwise: string) => line(text ?? otherwise, limits.name);
  const since = new Date(alert.since);
  const until = over && alert.resolvedAt ? new Date(alert.resolvedAt) : asOf(message);
  const lasted = durationText(until.getTime() - since.getTime());
  const agent = alert.subject.kind === "agent";
  const rows = [
    agent
      ? { label: "Agent", value: name(alert.subject.name, "") }
      : { label: "About", value: name(`${alert.subject.name} (${alert.subject.kind})`, "") },
    { label: "Group", value: name(alert.group, "none") },
    { label: "Host", value: name(alert.host, "not known") },
    { label: "Since", value: over ? utcText(since) : `${utcText(since)} (${lasted})` },
    ...(over ? [{ label: "Until", value: `${utcText(until)} (${lasted})` }] : []),
    { label: "Last known", value: line(alert.lastKnown ?? "nothing was reported", limits.detail) },
    { label: "Rule", value: `${name(alert.ruleName, "")} (${alert.severity})` },
    ...(alert.acknowledgedBy ? [{ label: "Taken by", value: name(alert.acknowledgedBy, "") }] : []),
    ...(alert.runbook && !over
      ? [{ label: "What to do", value: paragraphs(alert.runbook, limits.detail) }]
      : []),
  ];
  return {
    word: resolved ? "Resolved" : over ? `${troubleWord(alert)}, already over` : troubleWord(alert),
    tone: over ? "good" : alert.severity,
    title: name(alert.subject.name, ""),
    lead: leadOf(message, alert, resolved, lasted, limits),
    rows,
    lists: [],
    links: linksOf(message, alert, resolved, consoleUrl),
  };
}

function leadOf(message: Message, alert: Alert, resolved: boolean, lasted: string, limits: Limits): string {
  const said = line(resolved ? (alert.resolution ?? "The trouble is over") : alert.summary, limits.detail);
  if (!resolved && isOverIn(message, alert)) return `Already over after ${lasted}: ${said}`;
  if (message.event === "repeat" && !resolved) return `Still so after ${lasted}: ${said}`;
  if (message.event === "escalation" && !resolved)
    return `Nobody has acknowledged this for ${lasted}: ${said}`;
  return said;
}

function linksOf(message: Message, alert: Alert, resolved: boolean, consoleUrl: string): Brief["links"] {
  const runbook = webAddress(alert.runbook);
  return [
    { title: "Open in Mission Control", url: `${consoleUrl}${pathOf(message)}` },
    ...(message.actions && !resolved
      ? [
          { title: "Acknowledge", url: message.actions.acknowledge },
          { title: "Silence 1 h", url: message.actions.silence },
        ]
      : []),
    ...(runbook && !resolved ? [{ title: "Runbook", url: runbook }] : []),
  ];
}

/** A runbook that is nothing but an address of the web is a link too. */
function webAddress(text: string | null): string | null {
  const trimmed = text?.trim() ?? "";
  if (trimmed.length > 1_000 || !/^https?:\/\/[^\s<>"|]+$/i.test(trimmed) || !URL.canParse(trimmed))
    return null;
  return new URL(trimmed).href;
}
