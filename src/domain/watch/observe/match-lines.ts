import { RE2JS } from "re2js";
import { type LogLevel, logLevels } from "@/contracts/fleet/log-line";
import { cleanText, cutText } from "@/contracts/kernel/text";
import type { Condition } from "@/contracts/watch/condition";
import { watches } from "@/contracts/watch/scope";
import type { Observation, WatchedAgent } from "./observation";
import type { WatchingRule } from "./rules-of-kind";

type LogCondition = Extract<Condition, { kind: "log" }>;
export type LogRule = WatchingRule<"log">;

/** A line as far as patterns care. */
export type MatchedLine = { level: LogLevel; message: string };

const longestSample = 300;

/** Whether lines fit. Made once a rule: an expression is compiled here, and throws when it is none. */
export function lineMatcher({ level, pattern, regex }: LogCondition): (line: MatchedLine) => boolean {
  const least = logLevels.indexOf(level);
  const fits = regex ? fitsExpression(pattern) : holdsText(pattern);
  return (line) => logLevels.indexOf(line.level) >= least && fits(line.message);
}

/** One line and one condition; of an expression that can't be read no line fits. */
export function matchesLine(condition: LogCondition, line: MatchedLine): boolean {
  try {
    return lineMatcher(condition)(line);
  } catch {
    return false;
  }
}

function fitsExpression(pattern: string) {
  const expression = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  return (message: string) => expression.test(message);
}

function holdsText(pattern: string) {
  const wanted = pattern.toLowerCase();
  return (message: string) => message.toLowerCase().includes(wanted);
}

/** A line as it is shown in an alert: short, without control characters. */
export const sampleOf = (message: string): string =>
  cutText(cleanText(message).replace(/\s+/g, " ").trim(), longestSample);

/** What a log rule sees of lines of one agent that came at one moment. */
export function hitObservation(
  rule: LogRule,
  hit: { agent: WatchedAgent; at: Date; count: number; sample: string },
): Observation {
  const { agent, at, count, sample } = hit;
  const lines = count === 1 ? "A line holds" : `${count} lines hold`;
  return {
    ruleId: rule.id,
    subject: { kind: "agent", id: agent.id, name: agent.name },
    agent,
    at,
    truth: "bad",
    since: at,
    value: null,
    summary: `${lines} “${rule.condition.pattern}”: ${sample}`,
    lastKnown: null,
    count,
  };
}

/**
 * A rehearsal's observations: of each line that fits, at the moment that it was received, as in life. Lines have to
 * come in that order. An expression that can't be read throws.
 */
export function* lineHits(
  rule: LogRule,
  lines: Iterable<MatchedLine & { agent: WatchedAgent; receivedAt: Date }>,
): Generator<Observation> {
  const fits = lineMatcher(rule.condition);
  for (const line of lines) {
    if (!watches(rule.draft, line.agent) || !fits(line)) continue;
    yield hitObservation(rule, {
      agent: line.agent,
      at: line.receivedAt,
      count: 1,
      sample: sampleOf(line.message),
    });
  }
}
