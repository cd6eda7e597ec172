import type { Alert } from "@/contracts/watch/alert";
import { formatDuration } from "../../format/duration";
import { clockTime } from "../../format/exact-time";

/** What it is about, in one line: "Offline: silent since 14:01:38, kepler-04"; over: "Offline for 6 min 12 s". */
export function alertLine(alert: Alert, zone?: string): string {
  if (alert.state === "resolved") {
    const lastedMs = Date.parse(alert.resolvedAt ?? alert.firedAt) - Date.parse(alert.since);
    return `Offline for ${formatDuration(lastedMs)}`;
  }
  const host = alert.host ? `, ${alert.host}` : "";
  return `Offline: silent since ${clockTime(alert.since, { zone })}${host}`;
}

/** Firing ones first, the most severe first in them, then the newest. */
export function byUrgency(one: Alert, other: Alert): number {
  if (one.state !== other.state) return one.state === "firing" ? -1 : 1;
  const severity = rank(other) - rank(one);
  if (one.state === "firing" && severity !== 0) return severity;
  const moment = one.state === "firing" ? "firedAt" : "resolvedAt";
  return (other[moment] ?? "").localeCompare(one[moment] ?? "");
}

function rank({ severity }: Alert): number {
  return ["info", "warning", "critical"].indexOf(severity);
}
