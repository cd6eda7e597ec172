import type { Alert } from "@/contracts/watch/alert";
import type { StoryEntry, StoryNext } from "@/contracts/watch/story";
import { clockByDistance, dayAndClock } from "../until-words";
import { listWords } from "../words/list-words";
import type { StoryLine } from "./story-line";
import { stageTitle, withoutTitle } from "./story-words";

/** What has not happened yet, soonest first, and at last how it ends; nothing once it has ended. */
export function nextLines(
  alert: Alert,
  entries: readonly StoryEntry[],
  next: readonly StoryNext[],
  nowMs: number,
): StoryLine[] {
  if (alert.state !== "firing") return [];
  const lines = next
    .map((one, index) => ({ at: one.kind === "held" ? "" : one.at, line: lineOf(one, index, nowMs) }))
    .sort((one, other) => one.at.localeCompare(other.at))
    .map(({ line }) => line);
  return [...lines, endLine(alert, entries)];
}

function lineOf(one: StoryNext, index: number, nowMs: number): StoryLine {
  const line = { id: `next-${index}`, at: null, kind: "next" as const };
  const { channels } = one;
  const told = `${listWords(channels)} ${channels.length === 1 ? "is" : "are"} told`;
  if (one.kind === "held") {
    const title = stageTitle(one.stage, one.reason);
    const until = one.until ? `, until ${momentWords(one.until, nowMs)}` : "";
    // Here the reason itself says who is told when.
    const then =
      one.stage === "recovery"
        ? ""
        : channels.length > 0
          ? `; then ${told}, if it still fires`
          : "; nobody is told again before";
    return { ...line, title, words: `${withoutTitle(one.reason, title)}${until}${then}`.trimStart() };
  }
  const at = `at ${momentWords(one.at, nowMs)}`;
  if (one.event === "firing") return { ...line, title: told, words: at };
  if (one.event === "escalation") return { ...line, title: told, words: `${at} unless somebody takes it` };
  return { ...line, title: `${told} again`, words: `${at} unless somebody takes it` };
}

function momentWords(at: string, nowMs: number): string {
  const ms = Date.parse(at);
  return dayAndClock(ms, nowMs, clockByDistance(ms, nowMs));
}

function endLine(alert: Alert, entries: readonly StoryEntry[]): StoryLine {
  const heard = entries.flatMap((entry) =>
    entry.kind === "message" && entry.message.as !== "resolved" && entry.message.state !== "dead"
      ? [entry.message.channelName]
      : [],
  );
  const names = [...new Set(heard)];
  const told = names.length > 0 ? `; ${listWords(names)} ${names.length === 1 ? "is" : "are"} told once` : "";
  return {
    id: "next",
    at: null,
    kind: "next",
    title: "Resolved",
    words: `${endWords[alert.kind] ?? "when the trouble is over"}${told}`,
  };
}

const endWords: Partial<Record<Alert["kind"], string>> = {
  offline: "when it beats again",
  "no-heartbeat": "when it beats again",
  stuck: "when it makes progress",
  metric: "when the number is back where it belongs",
  "config-drift": "when it runs with what it was told",
  outage: "when enough agents are back",
  "host-down": "when an agent of the host is back",
  expiry: "when it is renewed",
};
