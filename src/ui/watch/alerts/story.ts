import type { Alert, AlertStep } from "@/contracts/watch/alert";
import type { StoryEntry, StoryMessage } from "@/contracts/watch/story";
import { formatDuration } from "../../format/duration";
import { countOf } from "../../format/quantity";
import { answerWords } from "../answer-words";
import type { StoryLine } from "./story-line";
import { stageTitle, withoutTitle } from "./story-words";

/**
 * What happened to an alert, oldest first: when the trouble began, when it fired, who was told with which answer or why
 * not, what people did. Stages that only passed it on are not told: nobody asks why it went well.
 */
export function storyLines(alert: Alert, entries: readonly StoryEntry[]): StoryLine[] {
  const lines = entries.flatMap((entry) => lineOf(alert, entry));
  const began: StoryLine[] = lines.some(({ kind }) => kind === "fired")
    ? [{ id: "began", at: alert.since, kind: "began", title: "It began", words: alert.lastKnown ?? "" }]
    : [];
  return [...began, ...lines].sort(byTime);
}

/** By time; of one moment as it happened: first it begins, then it fires, then somebody is told. */
function byTime(one: StoryLine, other: StoryLine): number {
  const byAt = (one.at ?? "").localeCompare(other.at ?? "");
  return byAt || rankOf(one) - rankOf(other);
}

const ranks: StoryLine["kind"][] = [
  "began",
  "fired",
  "flapping",
  "resolved",
  "act",
  "comment",
  "passed",
  "held",
];

function rankOf({ kind }: StoryLine): number {
  const rank = ranks.indexOf(kind);
  return rank === -1 ? ranks.length : rank;
}

function lineOf(alert: Alert, entry: StoryEntry): StoryLine[] {
  const { id, at } = entry;
  switch (entry.kind) {
    case "fired": {
      const heldMs = Date.parse(alert.firedAt) - Date.parse(alert.since);
      const held = heldMs >= 1_000 ? `after ${formatDuration(heldMs)}, ` : "";
      return [{ id, at, kind: "fired", title: "Firing", words: `${held}by the rule “${alert.ruleName}”` }];
    }
    case "flapping":
      return [
        {
          id,
          at,
          kind: "flapping",
          title: "Flapping",
          words: "it comes and goes, so it stays firing until it is calm",
        },
      ];
    case "resolved":
      return [{ id, at, kind: "resolved", title: "Resolved", words: alert.resolution ?? "" }];
    case "act":
      return [actLine(entry)];
    case "step":
      return stepLine(id, entry.step);
    case "message":
      return [messageLine(entry)];
  }
}

function actLine({ id, at, act, by, text, until }: StoryEntry & { kind: "act" }): StoryLine {
  const line = (title: string, words = "", more: Partial<StoryLine> = {}): StoryLine => ({
    id,
    at,
    kind: "act",
    title,
    words,
    ...more,
  });
  switch (act) {
    case "acknowledged":
      return line(`${by.name} acknowledged`, "and has it", text ? { quote: text } : {});
    case "unacknowledged":
      return line(`${by.name} gave it back`, "nobody has it");
    case "assigned":
      return text === null
        ? line(`${by.name} took the assignment back`)
        : line(`${by.name} assigned it`, `to ${text}`);
    case "commented":
      return line(`${by.name} wrote`, "", { kind: "comment", quote: text ?? "" });
    case "snoozed":
      return line(`${by.name} snoozed it`, until ? "until" : "", until ? { until } : {});
    case "unsnoozed":
      return line(`${by.name} ended the snooze`);
  }
}

function stepLine(id: string, { at, stage, outcome, reason, until }: AlertStep): StoryLine[] {
  if (outcome === "passed" && stage !== "route" && stage !== "escalate") return [];
  const name = stageTitle(stage, reason);
  const title = outcome === "dropped" ? `${name}: not told` : name;
  const kind = outcome === "passed" ? "passed" : "held";
  const words = withoutTitle(reason, title);
  return [{ id, at, kind, title, words, ...(until && outcome === "held" ? { until } : {}) }];
}

function messageLine({ id, at, message }: StoryEntry & { kind: "message" }): StoryLine {
  const { channelName, attempts, state, tries } = message;
  const parts = [aboutWords(message)];
  if (state === "delivered") {
    if (attempts > 1) parts.push(`on try ${attempts}`);
    const words = parts.filter(Boolean).join(", ");
    const toldAt = message.deliveredAt ?? at;
    return { id, at: toldAt, kind: "told", title: `${channelName} told`, words, message };
  }
  if (state === "dead") {
    parts.push(`given up after ${countOf(attempts, "try", "tries")}`);
    const words = parts.filter(Boolean).join(", ");
    return { id, at, kind: "given-up", title: `${channelName} not told`, words, message };
  }
  const last = tries.at(-1);
  parts.push(last ? `not yet: ${answerWords(last.status, last.answer)}` : "the message is on its way");
  const words = parts.filter(Boolean).join(", ");
  return { id, at, kind: "waiting", title: `Telling ${channelName}`, words, message };
}

/** What a message said of this alert, where that is not simply that it fires. */
function aboutWords({ event, as, alertCount }: StoryMessage): string {
  const others = alertCount > 1 ? `with ${countOf(alertCount - 1, "other")}` : "";
  const what = as === "resolved" ? "that it is over" : eventWords[event];
  return [what, others].filter(Boolean).join(" ");
}

const eventWords: Record<StoryMessage["event"], string> = {
  firing: "",
  resolved: "",
  repeat: "that it still fires",
  escalation: "because nobody acknowledged",
};
