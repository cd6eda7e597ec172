import type { Alert } from "@/contracts/watch/alert";
import type { Labels } from "@/contracts/watch/matcher";
import type { NotificationEvent } from "@/contracts/watch/notification";
import type { Severity } from "@/contracts/watch/rule";

/** As what a message tells of an alert: new, ended, or still firing. */
export const tellings = ["firing", "resolved", "still"] as const;
export type Telling = (typeof tellings)[number];

/** Most alerts of each kind that a message names; the others are counted. */
export const mostNamed = 25;

export type ToldAlert = { alert: Alert; labels: Labels };

/** Where a button leads that acts on an alert: signed, for a day. Null where there is none, as when it has ended. */
export type ActionLinks = { acknowledge: string; silence: string } | null;

/** All that a message says, whatever the channel: an event of a group, some of its alerts by name, all by number. */
export type Message = {
  /** Of the notification. */
  id: string;
  event: NotificationEvent;
  /** What it is about, in a line: the subject, or how many. */
  title: string;
  severity: Severity;
  /** When it was decided to tell: times are said as of then, so that a repeat says the same. */
  createdAt: Date;
  /** When it leaves, of one that leaves late: durations are as of then. Absent, a repeat after a crash says the same. */
  lateAt?: Date;
  groupId: string | null;
  /** The labels that the group's alerts have in common, and their values. */
  groupLabels: Record<string, unknown>;
  channel: { id: string; name: string };
  counts: Record<Telling, number>;
  alerts: Record<Telling, ToldAlert[]>;
  actions: ActionLinks;
  /** The first message of the group to this channel: what mail programs make a thread of. */
  thread: { id: string; title: string };
};

/** As of when a message speaks. */
export const asOf = ({ lateAt, createdAt }: Pick<Message, "lateAt" | "createdAt">): Date =>
  lateAt ?? createdAt;

/** Whether an alert was over when a late message about its beginning left. */
export function isOverIn(
  { lateAt }: Pick<Message, "lateAt">,
  { resolvedAt }: Pick<Alert, "resolvedAt">,
): boolean {
  return lateAt !== undefined && resolvedAt !== null && Date.parse(resolvedAt) <= lateAt.getTime();
}

/** How many alerts a message tells of. */
export function countOf({ counts }: Pick<Message, "counts">): number {
  return counts.firing + counts.resolved + counts.still;
}

/** The alert that a message is about, when it is about one. */
export function onlyAlert(message: Message): (ToldAlert & { as: Telling }) | null {
  if (countOf(message) !== 1) return null;
  for (const as of tellings) {
    const [told] = message.alerts[as];
    if (told) return { ...told, as };
  }
  return null;
}
