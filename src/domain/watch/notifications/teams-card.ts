import type { Alert } from "@/contracts/watch/alert";
import { durationText, utcText } from "../duration-text";
import { cardText, envelope, heading, paragraph, row, type TeamsMessage } from "./card-elements";

/** Longest texts. Together they stay far below the 28 KB that Teams takes, even when each character has 4 bytes. */
const longest = { name: 200, detail: 600 } as const;

/**
 * The card about an alert. `event` says which of its two messages this is: a late "firing" still tells of the fall,
 * with the times of then, although the alert has resolved meanwhile.
 */
export function alertMessage(alert: Alert, event: "firing" | "resolved", consoleUrl: string): TeamsMessage {
  const agent = cardText(alert.agentName, longest.name);
  const resolved = event === "resolved";
  const word = resolved ? "Resolved" : wordOf(alert);
  const since = new Date(alert.since);
  const until = new Date(resolved ? (alert.resolvedAt ?? alert.firedAt) : alert.firedAt);
  const lasted = durationText(until.getTime() - since.getTime());
  const body = [
    heading(word, resolved ? "Good" : alert.severity === "critical" ? "Attention" : "Warning", agent),
    paragraph(
      resolved
        ? cardText(alert.resolution ?? "The trouble is over", longest.detail)
        : `Silent for ${lasted} when this was noticed`,
    ),
    row("Group", cardText(alert.group ?? "none", longest.name)),
    row("Host", cardText(alert.host ?? "not known", longest.name)),
    row("Since", utcText(since)),
    ...(resolved ? [row("Until", `${utcText(until)} (${lasted})`)] : []),
    row("Last known", cardText(alert.lastKnown ?? "nothing was reported", longest.detail)),
    row("Rule", cardText(alert.ruleName, longest.name)),
  ];
  const summary = `${word}: ${agent}, since ${utcText(since)}`;
  return envelope(
    summary,
    body,
    "Open in Mission Control",
    `${consoleUrl}/agents/${encodeURIComponent(alert.agentId)}`,
  );
}

function wordOf(alert: Alert): string {
  return { offline: "Offline" }[alert.kind];
}

/** The card that "send a test" sends. */
export function testMessage(test: {
  channel: string;
  by: string;
  at: Date;
  consoleUrl: string;
}): TeamsMessage {
  const body = [
    heading("Test", "Accent", "Mission Control can reach this channel"),
    row("Channel", cardText(test.channel, longest.name)),
    row("Sent by", cardText(test.by, longest.name)),
    row("At", utcText(test.at)),
  ];
  return envelope("Test message of Mission Control", body, "Open Mission Control", `${test.consoleUrl}/`);
}
