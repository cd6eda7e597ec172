import type { Condition, ConditionKind } from "@/contracts/watch/condition";
import type { RuleScope } from "@/contracts/watch/rule";
import { countOf } from "../../../format/quantity";
import { listWords } from "../../words/list-words";
import { spanWords } from "../../words/span-words";
import {
  checkWords,
  commandWords,
  type ExpiringThing,
  levelWords,
  ownedThings,
  type SelfCheck,
  thingWords,
} from "./condition-choices";
import { metricValueWords, metricWords, numberWords } from "./metric-words";
import type { Names } from "./names";
import { type Part, pill, text } from "./parts";
import { scopeManyWords, scopeWords } from "./scope-words";

type Of<Kind extends ConditionKind> = Extract<Condition, { kind: Kind }>;
type Clauses = { [Kind in ConditionKind]: (condition: Of<Kind>, who: Part, all: Part) => Part[] };

const kind = (words: string) => pill("kind", "What is wrong", words, "condition.kind");
const after = (ms: number) => pill("after", "For how long", spanWords(ms), "condition.afterMs");
const within = (ms: number) => pill("within", "Within which time", spanWords(ms), "condition.windowMs");
const times = (count: number) =>
  pill("count", "How often", count === 1 ? "once" : `${numberWords(count)} times`, "condition.count");
const atLeast = (count: number) =>
  pill("atLeast", "How many at least", `at least ${numberWords(count)}`, "condition.atLeast");

/** A limit in the unit of its check: "30 s", "500", "90 %". */
export function checkValueWords(check: SelfCheck, value: number): string {
  if (!Number.isFinite(value)) return "a number";
  if (check === "disk") return `${numberWords(value)} %`;
  if (check === "outbox") return countOf(value, "message");
  return value >= 1_000 ? spanWords(value) : `${numberWords(value)} ms`;
}

/** "a certificate or agent key". */
export function thingsWords(things: readonly ExpiringThing[]): string {
  const [first] = things;
  if (!first) return "nothing yet";
  const article = first === "agent-key" || first === "api-token" ? "an" : "a";
  return `${article} ${listWords(
    things.map((thing) => thingWords[thing]),
    "or",
  )}`;
}

const clauses: Clauses = {
  offline: (_, who) => [who, text(" is "), kind("offline")],
  "no-heartbeat": ({ afterMs }, who) => [
    who,
    text(" "),
    kind("sends no heartbeat"),
    text(" for "),
    after(afterMs),
  ],
  stuck: ({ afterMs }, who) => [
    who,
    text(" is "),
    kind("stuck without progress"),
    text(" for "),
    after(afterMs),
  ],
  "restart-loop": ({ count, windowMs }, who) => [
    who,
    text(" "),
    kind("restarts or crashes"),
    text(" "),
    times(count),
    text(" within "),
    within(windowMs),
  ],
  metric: ({ metric, op, value }, who) => [
    who,
    text(" "),
    kind("reports"),
    text(" "),
    pill("metric", "Which number", metricWords(metric), "condition.metric"),
    text(" "),
    pill("op", "Above or below", op, "condition.op"),
    text(" "),
    pill("value", "Which value", metricValueWords(metric, value), "condition.value"),
  ],
  log: ({ pattern, regex, level, count, windowMs }, who) => [
    who,
    text(" "),
    kind("logs"),
    text(" "),
    pill(
      "pattern",
      "Which text",
      pattern === "" ? "a text" : regex ? `what fits ${pattern}` : `“${pattern}”`,
      "condition.pattern",
      "condition.regex",
    ),
    text(" "),
    pill("level", "At which level", levelWords[level], "condition.level"),
    text(" "),
    times(count),
    text(" within "),
    within(windowMs),
  ],
  "command-failed": ({ kinds, count, windowMs }, who) => [
    who,
    text(" "),
    kind("fails"),
    text(" "),
    pill(
      "commands",
      "Which commands",
      kinds.length === 0
        ? "any command"
        : `a ${listWords(
            kinds.map((one) => commandWords[one]),
            "or",
          )}`,
      "condition.kinds",
    ),
    text(" "),
    times(count),
    text(" within "),
    within(windowMs),
  ],
  "config-drift": ({ afterMs }, who) => [
    who,
    text(" "),
    kind("runs with another configuration"),
    text(" than it was told for "),
    after(afterMs),
  ],
  expiry: ({ of, withinMs }, who) => [
    pill("things", "What ends", thingsWords(of), "condition.of"),
    ...(of.some((thing) => ownedThings.includes(thing)) ? [text(" of "), who] : []),
    text(" "),
    kind("expires"),
    text(" within "),
    pill("within", "How long before", spanWords(withinMs), "condition.withinMs"),
  ],
  outage: ({ percent, atLeast: least }, _, all) => [
    pill("percent", "Which share", `${numberWords(percent)} %`, "condition.percent"),
    text(" of "),
    all,
    text(", "),
    atLeast(least),
    text(", are "),
    kind("offline at once"),
  ],
  "host-down": ({ atLeast: least }, _, all) => [
    text("a host of "),
    all,
    text(", with "),
    atLeast(least),
    text(" of them, "),
    kind("goes down"),
  ],
  self: ({ check, value }) => [
    kind("Mission Control’s own"),
    text(" "),
    pill("check", "What is checked", checkWords[check], "condition.check"),
    text(" is above "),
    pill("value", "Which limit", checkValueWords(check, value), "condition.value"),
  ],
};

/** Whether the rule's scope plays a part: Mission Control itself and tokens belong to no agent. */
export function hasScope(condition: Condition): boolean {
  if (condition.kind === "self") return false;
  return condition.kind !== "expiry" || condition.of.some((thing) => ownedThings.includes(thing));
}

/** What is wrong with whom: "any agent in cron-workers is offline". */
export function clauseOf(condition: Condition, scope: RuleScope, names: Names): Part[] {
  const who = pill("scope", "Who is watched", scopeWords(scope, names), "scope");
  const all = pill("scope", "Who is watched", scopeManyWords(scope, names), "scope");
  const say = clauses[condition.kind] as (condition: Condition, who: Part, all: Part) => Part[];
  return say(condition, who, all);
}
