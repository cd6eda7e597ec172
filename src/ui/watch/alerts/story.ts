import type { Alert } from "@/contracts/watch/alert";
import type { Notification } from "@/contracts/watch/notification";
import { formatDuration } from "../../format/duration";
import { countOf } from "../../format/quantity";
import { answerWords } from "../answer-words";

/** One line of an alert's story. `at` null: it has not happened yet. */
export interface StoryStep {
  id: string;
  at: string | null;
  kind: "silent" | "fired" | "told" | "waiting" | "given-up" | "acknowledged" | "resolved" | "next";
  title: string;
  words: string;
  told?: Notification;
}

/** The whole story of one alert, oldest first: what was seen, who was told with which answer, who has it, what is next. */
export function storyOf(alert: Alert, notifications: readonly Notification[]): StoryStep[] {
  const delayMs = Date.parse(alert.firedAt) - Date.parse(alert.since);
  const steps: StoryStep[] = [
    { id: "silent", at: alert.since, kind: "silent", title: "Last beat", words: lastWords(alert) },
    {
      id: "fired",
      at: alert.firedAt,
      kind: "fired",
      title: "Firing",
      words: `silent for ${formatDuration(delayMs)}, by the rule “${alert.ruleName}”`,
    },
    ...notifications.map(toldStep),
  ];
  if (alert.acknowledgedAt) {
    const title = `${alert.acknowledgedBy ?? "Somebody"} acknowledged`;
    steps.push({
      id: "acknowledged",
      at: alert.acknowledgedAt,
      kind: "acknowledged",
      title,
      words: "and has it",
    });
  }
  if (alert.resolvedAt) {
    const words = alert.resolution ?? "";
    steps.push({ id: "resolved", at: alert.resolvedAt, kind: "resolved", title: "Resolved", words });
  }
  steps.sort((one, other) => (one.at ?? "￿").localeCompare(other.at ?? "￿"));
  if (alert.state === "firing") steps.push(nextStep(notifications));
  return steps;
}

function lastWords(alert: Alert): string {
  return alert.lastKnown ?? `then silence${alert.host ? ` from ${alert.host}` : ""}`;
}

function toldStep(told: Notification): StoryStep {
  const event = told.event === "resolved" ? "that it is over" : "";
  const id = told.id;
  if (told.state === "delivered") {
    const on = told.attempts === 1 ? "at the first try" : `on try ${told.attempts}`;
    const words = [event, on].filter(Boolean).join(", ");
    return {
      id,
      at: told.deliveredAt ?? told.createdAt,
      kind: "told",
      title: `${told.channelName} told`,
      words,
      told,
    };
  }
  if (told.state === "dead") {
    const words = `given up after ${countOf(told.attempts, "try", "tries")}`;
    return { id, at: told.createdAt, kind: "given-up", title: `${told.channelName} not told`, words, told };
  }
  const words =
    told.attempts === 0
      ? "the message is on its way"
      : `not yet: ${answerWords(told.lastStatus ?? 0, told.lastAnswer)}`;
  return { id, at: told.createdAt, kind: "waiting", title: `Telling ${told.channelName}`, words, told };
}

function nextStep(notifications: readonly Notification[]): StoryStep {
  const reached = notifications.filter(({ event, state }) => event === "firing" && state !== "dead");
  const names = [...new Set(reached.map(({ channelName }) => channelName))];
  const then =
    names.length > 0 ? `; ${names.join(" and ")} ${names.length === 1 ? "is" : "are"} told once` : "";
  return { id: "next", at: null, kind: "next", title: "Resolved", words: `when it beats again${then}` };
}
