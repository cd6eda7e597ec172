import type { NotificationEvent } from "@/contracts/watch/notification";
import { utcText } from "../../duration-text";
import { type Message, type Telling, type ToldAlert, tellings } from "../message";
import { type Brief, pathOf } from "./brief";
import { troubleWord } from "./brief-of-one";
import { alertsText, type Limits, line } from "./words";

const words: Record<NotificationEvent, string> = {
  firing: "Firing",
  resolved: "Resolved",
  repeat: "Still firing",
  escalation: "Nobody acknowledged",
};
const headings: Record<Telling, string> = { firing: "New", still: "Still firing", resolved: "Ended" };

/** Numbers first, then names: whoever is woken by forty alerts wants to know that it is forty. */
export function briefOfMany(message: Message, consoleUrl: string, limits: Limits): Brief {
  const { counts } = message;
  const parts = [
    counts.firing > 0 ? `${alertsText(counts.firing)} new` : "",
    counts.still > 0 ? `${alertsText(counts.still)} still firing` : "",
    counts.resolved > 0 ? `${alertsText(counts.resolved)} ended` : "",
  ].filter((part) => part !== "");
  const labels = Object.entries(message.groupLabels)
    .filter(([, value]) => typeof value === "string" && value !== "")
    .slice(0, 6);
  return {
    word: words[message.event],
    tone: message.event === "resolved" ? "good" : message.severity,
    title: line(message.title, limits.name),
    lead: parts.length > 0 ? `${parts.join(", ")}.` : "There is nothing left to tell.",
    rows: labels.map(([label, value]) => ({
      label: line(`${label.charAt(0).toUpperCase()}${label.slice(1)}`, 40),
      value: line(String(value), limits.name),
    })),
    lists: tellings
      .filter((as) => counts[as] > 0)
      .map((as) => listOf(headings[as], message.alerts[as], counts[as], as, limits)),
    links: [{ title: "Open in Mission Control", url: `${consoleUrl}${pathOf(message)}` }],
  };
}

function listOf(
  heading: string,
  told: ToldAlert[],
  count: number,
  as: Telling,
  limits: Limits,
): Brief["lists"][number] {
  const items = told.slice(0, limits.items).map(({ alert }) => {
    const place = alert.host ? ` on ${line(alert.host, limits.name)}` : "";
    const ended =
      as === "resolved" && alert.resolvedAt ? `, over at ${utcText(new Date(alert.resolvedAt))}` : "";
    const since = utcText(new Date(alert.since));
    return `${line(alert.subject.name, limits.name)}${place}: ${troubleWord(alert).toLowerCase()} since ${since}${ended}`;
  });
  return { heading: `${heading} (${count.toLocaleString("en")})`, items, more: count - items.length };
}
