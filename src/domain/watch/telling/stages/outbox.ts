import type { Severity } from "@/contracts/watch/rule";
import { severities } from "@/contracts/watch/rule";
import { durationText } from "../../duration-text";
import { dropped, type OpenChannel, passed, type TellableAlert, type Verdict } from "./stage";

const rank = (severity: Severity) => severities.indexOf(severity);

/** The gravest of them. */
export function gravestOf(alerts: Iterable<Pick<TellableAlert, "severity">>): Severity {
  let gravest: Severity = "info";
  for (const { severity } of alerts) if (rank(severity) > rank(gravest)) gravest = severity;
  return gravest;
}

/** What a message is about, in a line: `cron-7: Offline`, `cron-7 and 9,999 others: Offline`. */
export function titleOf(alerts: readonly TellableAlert[]): string {
  let first = alerts[0];
  if (!first) return "";
  for (const alert of alerts) if (rank(alert.severity) > rank(first.severity)) first = alert;
  const { subjectName, ruleName } = first;
  const others = alerts.length - 1;
  if (others === 0) return `${subjectName}: ${ruleName}`;
  const count = others.toLocaleString("en-US");
  const oneRule = alerts.every((alert) => alert.ruleName === ruleName);
  if (oneRule) return `${subjectName} and ${count} ${others === 1 ? "other" : "others"}: ${ruleName}`;
  return `${subjectName}: ${ruleName}, and ${count} more ${others === 1 ? "alert" : "alerts"}`;
}

export const namesOf = (channelIds: readonly string[], channels: ReadonlyMap<string, OpenChannel>): string =>
  channelIds.map((id) => channels.get(id)?.name ?? id).join(", ");

/** The last stage: a message is in the outbox. */
export const outbox = {
  told: (names: string): Verdict => passed("outbox", `Told ${names}`),
  repeated: (names: string, repeatMs: number): Verdict =>
    passed("outbox", `Told ${names} again: it still fires after ${durationText(repeatMs)}`),
  ended: (names: string): Verdict => passed("outbox", `Told ${names} that it is over`),
  unheard: (): Verdict => dropped("outbox", "It was over before anybody was told"),
};

export const escalated = (names: string, afterMs: number): Verdict =>
  passed("escalate", `Nobody acknowledged it within ${durationText(afterMs)}: told ${names}`);

/** The stage: another route of the alert reached the same channels first. */
export const deduplicate = (names: string): Verdict =>
  dropped("deduplicate", `${names} heard of it by another route`);

/** The stage: the channel itself keeps to its rate when it sends, nothing is held back here. */
export const throttle = ({ name, perMinute }: OpenChannel): Verdict =>
  passed("throttle", `${name} takes at most ${perMinute} messages a minute: what is above waits its turn`);
