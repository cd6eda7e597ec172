import type { Alert } from "@/contracts/watch/alert";
import { formatDuration } from "../../format/duration";
import { shortClockTime } from "../../format/exact-time";

/** What it is about, in one line: the rule's own sentence; over, how long it lasted too. */
export function alertLine(
  alert: Pick<Alert, "summary" | "state" | "since" | "resolvedAt" | "firedAt">,
): string {
  if (alert.state === "firing") return alert.summary;
  const lastedMs = Date.parse(alert.resolvedAt ?? alert.firedAt) - Date.parse(alert.since);
  return `${alert.summary.replace(/[.\s]+$/u, "")} · lasted ${formatDuration(lastedMs)}`;
}

/** "Mira has it since 13:57", "asked of Jonas", "nobody has it"; over: who had it and why it ended. */
export function ownerWords(alert: Alert, zone?: string): string {
  const { acknowledgedBy, acknowledgedAt, assignedTo, resolution } = alert;
  if (alert.state === "resolved") {
    const owner = acknowledgedBy ? `${acknowledgedBy} had it` : null;
    return [owner, resolution].filter(Boolean).join(", ") || "by itself";
  }
  if (acknowledgedBy && acknowledgedAt) {
    const meant = assignedTo && assignedTo.name !== acknowledgedBy ? `, assigned to ${assignedTo.name}` : "";
    return `${acknowledgedBy} has it since ${shortClockTime(acknowledgedAt, zone)}${meant}`;
  }
  return assignedTo ? `assigned to ${assignedTo.name}, not acknowledged` : "nobody has it";
}

/** Firing ones first; of them the most severe, then those that nobody has, then the newest. */
export function byUrgency(one: Alert, other: Alert): number {
  if (one.state !== other.state) return one.state === "firing" ? -1 : 1;
  if (one.state === "resolved") return (other.resolvedAt ?? "").localeCompare(one.resolvedAt ?? "");
  return (
    rank(other) - rank(one) ||
    Number(one.acknowledgedAt !== null) - Number(other.acknowledgedAt !== null) ||
    other.firedAt.localeCompare(one.firedAt) ||
    one.id.localeCompare(other.id)
  );
}

function rank({ severity }: Alert): number {
  return ["info", "warning", "critical"].indexOf(severity);
}

/** How a value that was judged is shown: up to two decimals, thousands apart. */
export function valueWords(value: number): string {
  return value.toLocaleString("en-GB", { maximumFractionDigits: 2 });
}

/** How long a snooze until tomorrow 8:00 by the reader's own clock lasts, in ms. A day may have 23 or 25 hours. */
export function untilTomorrowMs(nowMs: number): number {
  const at = new Date(nowMs);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1, 8).getTime() - nowMs;
}
