import { watches } from "@/contracts/watch/scope";
import { isBad, judgedText, metricTitle } from "./metric-words";
import type { Observation, WatchedAgent } from "./observation";
import type { WatchingRule } from "./rules-of-kind";

export type MetricRule = WatchingRule<"metric">;

export const minuteMs = 60_000;
/**
 * An agent has no data when so many minutes in a row, the judged one included, hold none: a single one is missing
 * after a restart of ours or a change of its network, and says nothing.
 */
export const noDataMinutes = 3;

/** One agent's minute: its value, null when the minute holds none. */
export type JudgedMinute = {
  agent: WatchedAgent;
  /** Beginning of the minute, ms. */
  minuteMs: number;
  value: number | null;
  /** What the agent said last. */
  lastKnown?: string | null;
};

/**
 * What a metric rule sees in one minute of one agent, for which a value is missing only when it was missing for
 * `noDataMinutes`. Pure: life and rehearsal call it with the same minutes.
 */
export function judgeMinute(rule: MetricRule, judged: JudgedMinute): Observation {
  const { agent, value, lastKnown = null } = judged;
  const { condition } = rule;
  const common = {
    ruleId: rule.id,
    subject: { kind: "agent" as const, id: agent.id, name: agent.name },
    agent,
    at: new Date(judged.minuteMs + minuteMs),
    since: new Date(judged.minuteMs),
    value,
    lastKnown,
    count: 1,
  };
  if (value === null) {
    const title = metricTitle(condition.metric);
    return { ...common, truth: "none", summary: `No reading of ${title} for ${noDataMinutes} minutes` };
  }
  const truth = isBad(condition.op, condition.value, value) ? "bad" : "good";
  return { ...common, truth, summary: judgedText(condition, value) };
}

/** The agent is not watched any more: what was open about it is over. */
export function leftScope(
  rule: MetricRule,
  subject: Observation["subject"],
  agent: WatchedAgent | null,
  minute: number,
): Observation {
  return {
    ruleId: rule.id,
    subject,
    agent,
    at: new Date(minute + minuteMs),
    since: new Date(minute),
    truth: "good",
    value: null,
    summary: agent ? `${agent.name} is not in the rule's scope any more` : `${subject.name} was removed`,
    lastKnown: null,
    count: 1,
    final: true,
  };
}

/** What was stored of an agent for one metric: minutes in order, those without a value left out or null. */
export type StoredSeries = {
  agent: WatchedAgent;
  minutes: Iterable<{ at: Date; value: number | null }>;
};
export type SeriesSpan = {
  /** First minute that is judged, and the end of the last one. */
  from: Date;
  to: Date;
  /** Since when something was expected of it: no reading before is no hole. */
  knownSince?: Date;
  /** When nobody watched. */
  blind?: readonly { from: Date; to: Date }[];
};

/**
 * A rehearsal's observations of one agent, in order: each bad minute, each without data, and the good ones as long as
 * something may still be open. A good minute of somebody who is well says nothing and is left out, as in life.
 */
export function* metricObservations(
  rule: MetricRule,
  { agent, minutes }: StoredSeries,
  { from, to, knownSince = from, blind = [] }: SeriesSpan,
): Generator<Observation> {
  if (!watches(rule.draft, agent)) return;
  const values = new Map<number, number>();
  for (const { at, value } of minutes) if (value !== null) values.set(at.getTime(), value);
  const first = Math.ceil(from.getTime() / minuteMs) * minuteMs;
  let missing = 0;
  const { recoverMs, flap } = rule.draft;
  const openMs = recoverMs + 2 * (flap?.windowMs ?? 0);
  let open = false;
  let wellSince: number | null = null;
  for (let minute = first; minute + minuteMs <= to.getTime(); minute += minuteMs) {
    const value = values.get(minute) ?? null;
    const unseen = minute < knownSince.getTime() || isBlind(blind, minute);
    missing = value !== null || unseen ? 0 : missing + 1;
    if (value === null && missing < noDataMinutes) continue;
    const observation = judgeMinute(rule, { agent, minuteMs: minute, value });
    if (observation.truth === "good") wellSince ??= minute;
    else [open, wellSince] = [true, null];
    if (!open) continue;
    yield observation;
    // Counted from the first good minute and up to a good one: holes may lie before both.
    if (wellSince !== null && minute >= wellSince + openMs) open = false;
  }
}

const isBlind = (blind: SeriesSpan["blind"] = [], minute: number) =>
  blind.some(({ from, to }) => from.getTime() < minute + minuteMs && to.getTime() > minute);
