import type { Command } from "commander";
import type { Alert } from "@/contracts/watch/alert";
import type { StoryEntry, StoryNext } from "@/contracts/watch/story";
import { printJson, printLine } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";

/** `mc alerts show`: the alert and its whole story, a line for each thing that happened. */
export function registerShow(alerts: Command): void {
  withServer(alerts.command("show").argument("<id>").description("an alert and its whole story")).action(
    async (id: string, server: ServerOptions) => {
      const story = await connect(server).alerts.story.query({ id });
      if (server.json) return printJson(story);
      for (const [name, value] of about(story.alert)) {
        if (value) printLine(`${name.padEnd(14)}${value}`);
      }
      printLine("");
      for (const entry of story.entries) printLine(`${entry.at}  ${wordsOf(entry, story.alert)}`);
      for (const next of story.next) printLine(nextWords(next));
    },
  );
}

function about(alert: Alert): [string, string | null][] {
  const { acknowledgedBy, acknowledgedNote: note } = alert;
  return [
    ["Alert", `${alert.subject.name}: ${alert.ruleName}`],
    ["State", `${alert.state}, ${alert.severity}${alert.flapping ? ", flapping" : ""}`],
    ["Summary", alert.summary],
    ["Since", alert.since],
    ["Last known", alert.lastKnown],
    ["Acknowledged", acknowledgedBy && (note ? `${acknowledgedBy}: ${note}` : acknowledgedBy)],
    ["Assigned to", alert.assignedTo?.name ?? null],
    ["Snoozed until", alert.snoozedUntil],
    ["Resolution", alert.resolution],
    ["Runbook", alert.runbook],
  ];
}

/** What has not happened yet; where a time stands, it is the one at which it will. */
function nextWords(next: StoryNext): string {
  const channels = next.channels.join(", ");
  if (next.kind === "telling") return `${next.at}  next: message to ${channels} (${next.event})`;
  const until = next.until ? ` (until ${next.until})` : "";
  const then = channels ? `; then ${channels} would hear of it` : "";
  return `${"".padEnd(24)}  next: ${next.stage} held: ${next.reason}${until}${then}`;
}

function wordsOf(entry: StoryEntry, alert: Alert): string {
  switch (entry.kind) {
    case "fired":
      return `fired: ${alert.summary}`;
    case "flapping":
      return "flaps: it comes and goes, and is told as one until it is calm";
    case "resolved":
      return `resolved${alert.resolution ? `: ${alert.resolution}` : ""}`;
    case "act": {
      const object = entry.act === "assigned" ? `to ${entry.text ?? "nobody"}` : "";
      const words = entry.act !== "assigned" && entry.text ? `: ${entry.text.replace(/\s+/g, " ")}` : "";
      return [entry.by.name, entry.act, object, entry.until ? `until ${entry.until}` : ""]
        .filter(Boolean)
        .join(" ")
        .concat(words);
    }
    case "step": {
      const { stage, outcome, reason, until } = entry.step;
      return `${stage} ${outcome}: ${reason}${until ? ` (until ${until})` : ""}`;
    }
    default: {
      const { channelName, event, state, attempts } = entry.message;
      return `message to ${channelName} (${event}): ${state}, ${attempts} ${attempts === 1 ? "try" : "tries"}`;
    }
  }
}
