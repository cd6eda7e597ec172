import { durationText, utcText } from "../../duration-text";
import { asOf, countOf, isOverIn, type Message, type ToldAlert, tellings } from "../message";
import type { Brief } from "./brief";
import type { PlaceValues } from "./template";
import { line, together } from "./words";

const longestValue = 1_000;

/** What stands at the places of a template. Of several alerts: what they have in common, or up to three of them. */
export function placeValues(message: Message, own: Brief): PlaceValues {
  const told = tellings.flatMap((as) => message.alerts[as]);
  const of = (read: (told: ToldAlert) => string | null) =>
    line(together(told.map((one) => read(one) ?? "")), longestValue);
  const sinceMs = Math.min(...told.map(({ alert }) => Date.parse(alert.since)), message.createdAt.getTime());
  const ends = told.map(({ alert }) => (alert.resolvedAt ? Date.parse(alert.resolvedAt) : Number.NaN));
  const isOver =
    message.event === "resolved" ||
    (told.length === countOf(message) && told.every(({ alert }) => isOverIn(message, alert)));
  const untilMs =
    isOver && ends.every(Number.isFinite) ? Math.max(...ends, sinceMs) : asOf(message).getTime();
  return {
    title: `${own.word} ${own.title}`,
    subject: of(({ alert }) => alert.subject.name),
    group: of(({ alert }) => alert.group),
    host: of(({ alert }) => alert.host),
    severity: message.severity,
    rule: of(({ alert }) => alert.ruleName),
    summary: own.lead,
    since: utcText(new Date(sinceMs)),
    lasted: durationText(untilMs - sinceMs),
    lastKnown: of(({ alert }) => alert.lastKnown),
    runbook: of(({ alert }) => alert.runbook),
    count: String(countOf(message)),
    state: isOver ? "resolved" : "firing",
    link: own.links[0]?.url ?? "",
    labels: labelsOfAll(told),
  };
}

function labelsOfAll(told: ToldAlert[]): Record<string, string> {
  const names = new Set(told.flatMap(({ labels }) => Object.keys(labels)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      line(together(told.flatMap(({ labels }) => labels[name] ?? "")), longestValue),
    ]),
  );
}
