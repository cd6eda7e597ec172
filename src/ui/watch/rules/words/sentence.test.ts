import { describe, expect, it } from "vitest";
import { type Condition, conditionKinds } from "@/contracts/watch/condition";
import type { RuleScope } from "@/contracts/watch/rule";
import { kindChoices, startOf } from "./condition-choices";
import type { Names } from "./names";
import { plain } from "./parts";
import { ruleName, type Spoken, sentenceOf, sentenceParts, triggerOf } from "./sentence";

const agents: Record<string, string> = { a1: "indexer", a2: "crawler" };
const names: Names = {
  channels: [
    { id: "chn_1", name: "Ops Teams" },
    { id: "chn_2", name: "On-call mail" },
  ],
  agent: (id) => agents[id],
};
const all: RuleScope = { kind: "all" };
const rule = (condition: Condition, rest: Partial<Spoken> = {}): Spoken => ({
  condition,
  scope: all,
  except: [],
  forMs: 0,
  channelIds: ["chn_1"],
  severity: "critical",
  ...rest,
});

const spoken: [Spoken, string][] = [
  [
    rule({ kind: "offline" }, { scope: { kind: "group", group: "cron-workers" }, forMs: 300_000 }),
    "When any agent in cron-workers is offline for 5 min, tell Ops Teams as a critical alert.",
  ],
  [rule({ kind: "offline" }), "When any agent is offline, at once tell Ops Teams as a critical alert."],
  [
    rule({ kind: "no-heartbeat", afterMs: 120_000 }, { scope: { kind: "tag", tag: "nightly" } }),
    "When any agent tagged nightly sends no heartbeat for 2 min, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "stuck", afterMs: 900_000 }, { scope: { kind: "agents", agentIds: ["a1", "a2"] } }),
    "When indexer or crawler is stuck without progress for 15 min, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "restart-loop", count: 4, windowMs: 600_000 }, { severity: "warning" }),
    "When any agent restarts or crashes 4 times within 10 min, tell Ops Teams as a warning alert.",
  ],
  [
    rule({ kind: "metric", metric: "memoryBytes", op: "above", value: 2e9 }, { forMs: 300_000 }),
    "When any agent reports memory above 2.0 GB for 5 min, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "metric", metric: "queue.depth", op: "below", value: 1.5 }, { forMs: 60_000 }),
    "When any agent reports queue.depth below 1.5 for 1 min, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "log", level: "warn", pattern: "out of memory", regex: false, count: 1, windowMs: 60_000 }),
    "When any agent logs “out of memory” as a warning or worse once within 1 min, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "log", level: "debug", pattern: "5\\d\\d", regex: true, count: 12, windowMs: 60_000 }),
    "When any agent logs what fits 5\\d\\d at any level 12 times within 1 min, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "command-failed", kinds: ["restart", "kill"], count: 1, windowMs: 3_600_000 }),
    "When any agent fails a restart or kill once within 1 h, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "config-drift", afterMs: 600_000 }, { channelIds: [] }),
    "When any agent runs with another configuration than it was told for 10 min, tell whom the routes name as a critical alert.",
  ],
  [
    rule({ kind: "expiry", of: ["certificate", "agent-key"], withinMs: 1_209_600_000 }, { severity: "info" }),
    "When a certificate or agent key of any agent expires within 14 d, tell Ops Teams as an info alert.",
  ],
  [
    rule({ kind: "expiry", of: ["api-token"], withinMs: 86_400_000 }),
    "When an API token expires within 1 d, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "outage", percent: 50, atLeast: 5 }, { forMs: 60_000 }),
    "When 50 % of all agents, at least 5, are offline at once for 1 min, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "host-down", atLeast: 2 }, { forMs: 60_000, channelIds: ["chn_1", "chn_2"] }),
    "When a host of all agents, with at least 2 of them, goes down for 1 min, tell Ops Teams and On-call mail as a critical alert.",
  ],
  [
    rule({ kind: "self", check: "evaluation-lag", value: 30_000 }, { forMs: 120_000 }),
    "When Mission Control’s own delay in judging rules is above 30 s for 2 min, tell Ops Teams as a critical alert.",
  ],
  [
    rule({ kind: "self", check: "disk", value: 90 }, { forMs: 60_000 }),
    "When Mission Control’s own disk is above 90 % for 1 min, tell Ops Teams as a critical alert.",
  ],
];

describe("a rule is a sentence", () => {
  it.each(spoken)("%#", (said, sentence) => expect(sentenceOf(said, names)).toBe(sentence));

  it("of every kind there is, with a place to change the kind", () => {
    expect(new Set(spoken.map(([said]) => said.condition.kind))).toEqual(new Set(conditionKinds));
    for (const kind of conditionKinds) {
      const keys = sentenceParts(rule(startOf[kind]), names).flatMap((part) =>
        "pill" in part ? part.pill : [],
      );
      expect(keys.filter((key) => key === "kind")).toHaveLength(1);
      expect(new Set(keys).size).toBe(keys.length);
      expect(kindChoices[kind].name).not.toBe("");
    }
  });
});

it("exceptions and a further wait are said, and only where they are set", () => {
  const except: RuleScope[] = [
    { kind: "tag", tag: "canary" },
    { kind: "agents", agentIds: ["a1"] },
  ];
  expect(sentenceOf(rule({ kind: "offline" }, { except, forMs: 60_000 }), names)).toBe(
    "When any agent is offline for 1 min, except those tagged canary and indexer, tell Ops Teams as a critical alert.",
  );
  expect(triggerOf(rule({ kind: "stuck", afterMs: 60_000 }, { forMs: 120_000 }))).toBe(
    "any agent is stuck without progress for 1 min, and that lasts for 2 min",
  );
  expect(triggerOf(rule(startOf.self, { except }))).toBe(
    "Mission Control’s own delay in judging rules is above 30 s",
  );
});

it("what is gone is not hidden", () => {
  expect(sentenceOf(rule({ kind: "offline" }, { channelIds: ["chn_9"] }), names)).toContain(
    "tell a deleted channel as",
  );
  expect(triggerOf(rule({ kind: "offline" }, { scope: { kind: "agents", agentIds: ["gone"] } }), names)).toBe(
    "1 chosen agent is offline",
  );
  const many: RuleScope = { kind: "agents", agentIds: ["a1", "a2", "a3", "a4"] };
  expect(triggerOf(rule({ kind: "offline" }, { scope: many }), names)).toBe(
    "any of 4 chosen agents is offline",
  );
});

it("a rule is named by its sentence, never longer than a name may be", () => {
  expect(ruleName(rule({ kind: "offline" }))).toBe("Any agent is offline");
  const long = ruleName(rule({ kind: "offline" }, { scope: { kind: "group", group: "g".repeat(120) } }));
  expect(long).toHaveLength(120);
  expect(long.endsWith("…")).toBe(true);
});

it("what is seen is what is said", () => {
  for (const [said, sentence] of spoken) expect(plain(sentenceParts(said, names))).toBe(sentence);
});
