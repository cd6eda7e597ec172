import { cutText } from "@/contracts/kernel/text";
import type { Alert } from "@/contracts/watch/alert";
import { type Message, type Telling, type ToldAlert, tellings } from "../message";
import type { Brief } from "./brief";
import { fitting, type Limits } from "./words";

/** What a webhook takes: version 1, described in `docs/alerts.md`. New fields may come; none goes or changes. */
export type WebhookBody = {
  version: 1;
  /** Of the message: a receiver that keeps it sees a repeat. */
  id: string;
  event: Message["event"] | "test";
  at: string;
  title: string;
  text: string;
  severity: Message["severity"];
  group: { id: string | null; labels: Record<string, unknown> };
  channel: { id: string; name: string };
  counts: Record<Telling, number>;
  alerts: Record<Telling, Alert[]>;
  links: { title: string; url: string }[];
};

/** Few receivers take more, and 75 alerts of ordinary size are far below. */
export const mostWebhookBytes = 256 * 1_024;
const longestText = 2_000;

export function webhookBody(message: Message, briefOf: (limits: Limits) => Brief): WebhookBody {
  return fitting(
    (limits) => bodyOf(message, briefOf(limits), limits),
    (body) => Buffer.byteLength(JSON.stringify(body)) <= mostWebhookBytes,
  );
}

function bodyOf(message: Message, brief: Brief, limits: Limits): WebhookBody {
  const named = (told: ToldAlert[]) =>
    told.slice(0, Math.max(1, limits.items)).map(({ alert }) => short(alert, limits));
  const [firing, resolved, still] = tellings.map((as) => named(message.alerts[as]));
  return {
    version: 1,
    id: message.id,
    event: message.event,
    at: message.createdAt.toISOString(),
    title: `${brief.word} ${brief.title}`.trim(),
    text: brief.lead,
    severity: message.severity,
    group: { id: message.groupId, labels: shortLabels(message.groupLabels) },
    channel: message.channel,
    counts: message.counts,
    alerts: { firing: firing ?? [], resolved: resolved ?? [], still: still ?? [] },
    links: brief.links,
  };
}

/** The group's labels, as text of bounded length. */
function shortLabels(labels: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(labels)
      .slice(0, 20)
      .map(([name, value]) => [
        name,
        typeof value === "string" ? cutText(value, longestText).toWellFormed() : value,
      ]),
  );
}

/** The alert in the words of its contract; endless texts are cut. */
function short(alert: Alert, { detail }: Limits): Alert {
  const cut = (text: string) => cutText(text, Math.min(longestText, detail * 4)).toWellFormed();
  const orNull = (text: string | null) => (text === null ? null : cut(text));
  return {
    ...alert,
    ruleName: cut(alert.ruleName),
    subject: { ...alert.subject, id: cut(alert.subject.id), name: cut(alert.subject.name) },
    group: orNull(alert.group),
    host: orNull(alert.host),
    tags: alert.tags.slice(0, 100).map(cut),
    labels: Object.fromEntries(Object.entries(alert.labels).map(([name, value]) => [name, cut(value)])),
    summary: cut(alert.summary),
    resolution: orNull(alert.resolution),
    lastKnown: orNull(alert.lastKnown),
    runbook: orNull(alert.runbook),
    acknowledgedBy: orNull(alert.acknowledgedBy),
    acknowledgedNote: orNull(alert.acknowledgedNote),
    assignedTo: alert.assignedTo && { ...alert.assignedTo, name: cut(alert.assignedTo.name) },
    snoozedBy: orNull(alert.snoozedBy),
  };
}
