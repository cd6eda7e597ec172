import type { selfChecks } from "@/contracts/watch/condition";
import { rawIn, type Tx } from "@/db/client";
import { diskGauge, loopGauge, watchLags } from "@/domain/watch/turns";
import { durationText } from "../duration-text";
import { type Observation, subjectKey } from "./observation";
import { openStates } from "./open-states";
import { rulesOfKind, type WatchingRule } from "./rules-of-kind";
import type { TickingReader } from "./ticking-reader";

type Check = (typeof selfChecks)[number];

/** Gauges of instances that did not tell for so long are of instances that are gone. */
const freshMs = 60_000;

/**
 * A process that just began finds the turns of whoever ended last, hours ago perhaps. That nobody watched is told by a note,
 * and is no lag of anybody; within this time the loops have made turns of their own, unless they really are late.
 */
const firstTurnsMs = 20_000;
const leftByTurns: ReadonlySet<Check> = new Set(["evaluation-lag", "delivery-lag"]);

const words: Record<Check, { name: string; text(value: number): string }> = {
  "evaluation-lag": { name: "Evaluation of rules", text: (ms) => `is ${lagText(ms)} behind` },
  "delivery-lag": { name: "Delivery of messages", text: (ms) => `is ${lagText(ms)} behind` },
  "event-loop-lag": { name: "Event loop", text: (ms) => `comes ${lagText(ms)} late` },
  outbox: { name: "Outbox", text: (count) => `holds ${count} messages that wait` },
  disk: { name: "Disk of the data folder", text: (percent) => `is ${Math.round(percent * 10) / 10} % full` },
};

const lagText = (ms: number) => (ms < 10_000 ? `${Math.round(ms)} ms` : durationText(ms));

/** Mission Control's own health, as its instances left it in the database. */
export const selfReader: TickingReader = {
  name: "self",
  everyMs: 10_000,
  async read({ clock }, tx, rows, now) {
    const rules = rulesOfKind(rows, "self");
    if (rules.length === 0) return { observations: [], next: null };
    const states = await openStates(
      tx,
      rules.map((rule) => rule.id),
    );
    const values = await readValues(tx, now);
    const begins = clock.monotonicMs() < firstTurnsMs;
    const observations = rules.flatMap((rule) => {
      const { check } = rule.condition;
      const observation = judgeSelf(rule, values[check], now);
      if (begins && observation.truth === "bad" && leftByTurns.has(check)) return [];
      const open = states.get(rule.id)?.has(subjectKey(observation.subject)) ?? false;
      const news = observation.truth === "bad" || open;
      return news ? [observation] : [];
    });
    return { observations, next: null };
  },
};

/** What a rule about ourselves sees; null: the value is not known. Pure. */
export function judgeSelf(rule: WatchingRule<"self">, value: number | null, now: Date): Observation {
  const { check, value: limit } = rule.condition;
  const { name, text } = words[check];
  const known = value === null ? "none" : value > limit ? "bad" : "good";
  return {
    ruleId: rule.id,
    subject: { kind: "self", id: check, name },
    agent: null,
    at: now,
    truth: known,
    since: now,
    value,
    summary: value === null ? `${name}: not known` : `${name} ${text(value)}`,
    lastKnown: null,
    count: 1,
  };
}

async function readValues(tx: Tx, now: Date): Promise<Record<Check, number | null>> {
  const since = new Date(now.getTime() - freshMs).toISOString();
  const [gauges] = await rawIn(tx)<{ loop: number | null; disk: number | null }[]>`
    select max(lag_ms) filter (where name like ${`${loopGauge}%`}) as loop,
      max(lag_ms) filter (where name like ${`${diskGauge}%`}) as disk
    from watch_turns where at > ${since}::timestamptz`;
  const { evaluation, delivery } = await watchLags(rawIn(tx), now);
  return {
    "evaluation-lag": evaluation.lagMs,
    "delivery-lag": delivery.lagMs,
    outbox: delivery.backlog,
    "event-loop-lag": gauges?.loop ?? null,
    disk: gauges?.disk ?? null,
  };
}
