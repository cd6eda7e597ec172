import type { Fact } from "@/contracts/facts";

/** What facts mean for telling, in the order in which it has to be done. */
export type News = {
  fired: string[];
  resolved: string[];
  /** Alerts whose hold may have ended before its time: a snooze or an acknowledgement that was taken back. */
  loosened: string[];
  /** Messages that arrived or were given up. */
  settled: string[];
  /** The policy has changed: alerts may belong elsewhere. */
  rerouteAll: boolean;
  /** Rules whose own channels have changed. */
  reroutedRules: string[];
  /** What holds alerts, or who can be told, has changed. */
  wakeAll: boolean;
};

const alertKinds = new Set<string>([
  "alert.fired",
  "alert.resolved",
  "alert.snoozed",
  "alert.unacknowledged",
]);
const wakingKinds = new Set<string>([
  "silence.changed",
  "silence.ended",
  "channel.created",
  "channel.changed",
  "channel.deleted",
]);
const otherKinds = new Set<string>(["notification.delivered", "notification.given_up", "policy.changed"]);
const touched = (fact: Fact, field: string) =>
  Object.hasOwn(fact.after ?? {}, field) || Object.hasOwn(fact.before ?? {}, field);

/** Whether a fact means anything to the notifier. */
export function concernsTelling(fact: Fact): boolean {
  const { kind } = fact;
  if (wakingKinds.has(kind) || otherKinds.has(kind)) return true;
  if (kind === "rule.changed") return touched(fact, "channelIds") || touched(fact, "quiet");
  return alertKinds.has(kind);
}

/** Sorts facts by what they mean. */
export function newsOf(facts: readonly Fact[]): News {
  const news: News = {
    fired: [],
    resolved: [],
    loosened: [],
    settled: [],
    rerouteAll: false,
    reroutedRules: [],
    wakeAll: false,
  };
  for (const fact of facts) {
    const id = fact.target?.id;
    if (!concernsTelling(fact) || id === undefined || id === null) continue;
    if (fact.kind === "alert.fired") news.fired.push(id);
    else if (fact.kind === "alert.resolved") news.resolved.push(id);
    else if (fact.kind === "alert.snoozed" || fact.kind === "alert.unacknowledged") news.loosened.push(id);
    else if (fact.kind === "notification.delivered" || fact.kind === "notification.given_up") {
      news.settled.push(id);
    } else {
      news.wakeAll = true;
      if (fact.kind === "policy.changed") news.rerouteAll = true;
      if (fact.kind === "rule.changed" && touched(fact, "channelIds")) news.reroutedRules.push(id);
    }
  }
  return news;
}

/** Whether there is anything to do. */
export const isNews = ({ wakeAll, ...rest }: News): boolean =>
  wakeAll || [rest.fired, rest.resolved, rest.loosened, rest.settled].some((ids) => ids.length > 0);
