import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { conditionSchema } from "@/contracts/watch/condition";
import { durationMsOf, exactDuration } from "@/contracts/watch/exact-duration";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { isRefusal } from "@/domain/kernel";
import { faultsOfDraft } from "../check-draft";
import { tidyDraft } from "../view";
import { rulesFile } from "./export-rules";
import { fromFile } from "./from-file";
import { namesOf } from "./names";
import { lineFaults, readYaml } from "./read-yaml";

const names = {
  channels: namesOf("channel", [
    { id: "chn_1", name: "Ops Teams" },
    { id: "chn_2", name: "yes" },
    { id: "chn_3", name: "twin" },
    { id: "chn_4", name: "twin" },
    { id: "chn_5", name: "chn_1" },
    { id: "chn_6", name: "null" },
  ]),
  agents: namesOf("agent", [
    { id: "agt_1", name: "indexer: 1" },
    { id: "agt_2", name: "- #x" },
    { id: "agt_3", name: "agt_3" },
  ]),
};

const line = (max: number) =>
  fc.oneof(
    fc.constantFrom("yes", "null", "1.5", "~", "a: b", "#", "- x", "'", '"', "%", "🦊", "22:00", "0x1f"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: Math.min(max, 40) }),
  );
const spanMs = fc.integer({ min: 10_000, max: 7 * 86_400_000 });
const durationMs = fc.integer({ min: 0, max: 86_400_000 });
const count = fc.integer({ min: 1, max: 10_000 });
const scope = fc.oneof(
  fc.constant({ kind: "all" as const }),
  line(120).map((group) => ({ kind: "group" as const, group })),
  line(60).map((tag) => ({ kind: "tag" as const, tag })),
  fc
    .uniqueArray(fc.constantFrom("agt_1", "agt_2", "agt_3"), { minLength: 1 })
    .map((agentIds) => ({ kind: "agents" as const, agentIds })),
);
const fieldOf: Record<string, fc.Arbitrary<unknown>> = {
  afterMs: spanMs,
  windowMs: spanMs,
  withinMs: fc.integer({ min: 60_000, max: 365 * 86_400_000 }),
  count,
  atLeast: count,
  metric: fc.constantFrom("cpuPercent", "queue.depth", "http/5xx"),
  op: fc.constantFrom("above", "below"),
  value: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  level: fc.constantFrom("debug", "info", "warn", "error"),
  pattern: line(300),
  regex: fc.constant(false),
  kinds: fc.subarray(["restart", "kill", "pause"]),
  of: fc.subarray(["certificate", "agent-key", "api-token", "join-token"], { minLength: 1 }),
  percent: fc.double({ min: 1, max: 100, noNaN: true }),
  check: fc.constantFrom("evaluation-lag", "outbox", "disk"),
};
const condition = fc.oneof(
  ...conditionSchema.options.map(({ shape }) =>
    fc.record(
      Object.fromEntries(
        Object.keys(shape).map((field) => [
          field,
          field === "kind" ? fc.constant(shape.kind.value) : (fieldOf[field] ?? fc.constant(undefined)),
        ]),
      ),
    ),
  ),
);
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
const wish = fc.record({
  name: line(120),
  scope,
  except: fc.array(scope, { maxLength: 3 }),
  condition,
  forMs: durationMs,
  recoverMs: durationMs,
  noData: fc.constantFrom("alert", "ok", "keep"),
  onError: fc.constantFrom("alert", "ok", "keep"),
  flap: fc.option(
    fc.record({
      changes: fc.integer({ min: 2, max: 100 }),
      windowMs: fc.integer({ min: 60_000, max: 86_400_000 }),
    }),
  ),
  severity: fc.constantFrom("info", "warning", "critical"),
  labels: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_-]{0,10}$/), line(120), { maxKeys: 3 }),
  quiet: fc.array(
    fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: clock,
      to: clock,
      zone: fc.constantFrom("Europe/Berlin", "UTC"),
    }),
    { maxLength: 2 },
  ),
  channelIds: fc.uniqueArray(fc.constantFrom("chn_1", "chn_2", "chn_3", "chn_4", "chn_5", "chn_6")),
  runbook: fc.option(fc.string({ unit: "binary", maxLength: 100 })),
  enabled: fc.boolean(),
});
/** Every draft that the API would take. */
const draft = wish.map((given) => ruleDraftSchema.safeParse(given)).filter(({ success }) => success);

test("what is exported is read as the same rules, whatever they say", () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(draft, { maxLength: 4 }), (parsed) => {
      const drafts = parsed
        .map(({ data }) => tidyDraft(data as RuleDraft))
        .filter((one) => faultsOfDraft(one).length === 0);
      const text = rulesFile(
        drafts.map((one, at) => ({ id: `rul_${at}`, draft: one })),
        names,
      );
      const file = readYaml(text);
      expect(file.rules.map((raw) => fromFile(raw, names))).toEqual(
        drafts.map((one) => ({ draft: one, faults: [] })),
      );
      read += drafts.length;
    }),
    { numRuns: 150 },
  );
  expect(read).toBeGreaterThan(50);
}, 30_000);

test("a duration is exact to the millisecond, and people may write it otherwise", () => {
  fc.assert(
    fc.property(fc.nat({ max: 365 * 86_400_000 }), (ms) => {
      expect(durationMsOf(exactDuration(ms))).toBe(ms);
    }),
  );
  expect(exactDuration(90 * 60_000)).toBe("1h30m");
  expect(durationMsOf("1.5h")).toBe(5_400_000);
  expect(durationMsOf("2 h 5 m")).toBe(7_500_000);
  for (const none of ["", "5", "m", "5 minutes", "-5m", "1e3s", "5m!"]) expect(durationMsOf(none)).toBe(null);
});

const faultsIn = (yaml: string) => {
  const file = readYaml(yaml);
  return file.rules.flatMap((raw, at) => lineFaults(file, at, fromFile(raw, names).faults));
};

test("the example of the docs is a file", () => {
  const [, yaml] = /```yaml\n([\s\S]*?)```/.exec(readFileSync("docs/alert-rules.md", "utf8")) ?? [];
  const [rule, ...others] = readYaml(yaml ?? "").rules;
  expect(others).toEqual([]);
  expect(fromFile(rule, names)).toMatchObject({ faults: [], draft: { condition: { afterMs: 900_000 } } });
});

test("each fault has its line and its field", () => {
  expect(
    faultsIn(`version: 1
rules:
  - name: one
    scope: all
    when: { kind: stuck, afer: 5m }
    severity: loud
    for: five
  - name: two
    scope: { grup: x }
    channels:
      - Ops Teams
      - Nobody
    when:
      kind: log
      level: error
      pattern: "(?=x)"
      regex: true
      count: 1
      window: 5m
    severity: info
`),
  ).toEqual([
    { line: 5, path: "rules[0].when.afer", message: "is not known here; there are kind, after" },
    { line: 5, path: "rules[0].when.after", message: "is missing" },
    { line: 6, path: "rules[0].severity", message: "must be info, warning or critical" },
    { line: 7, path: "rules[0].for", message: "must be a duration like 90s, 5m, 2h or 14d" },
    { line: 9, path: "rules[1].scope", message: "must be all, {group: …}, {tag: …} or {agents: [… ]}" },
    {
      line: 12,
      path: "rules[1].channels[1]",
      message: "There is no channel “Nobody”. Make it first, or write the name as it is there.",
    },
    {
      line: 16,
      path: "rules[1].when.pattern",
      message: expect.stringContaining("no RE2 expression"),
    },
  ]);
});

test.each([
  ["a list is missing", "rules: 5", "line 1"],
  ["an unknown word", "rules: []\nruls: []", "line 2: ruls is not known here"],
  ["no YAML", "rules:\n  - a: [1", "line 2"],
  ["a key twice", "rules:\n  - name: a\n    name: b", "line 3"],
  ["another version", "version: 2\nrules: []", "line 1: version must be 1"],
  ["nothing", "", "line 1"],
  [
    "references that multiply",
    `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g"]
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[at]}`)}]`)
      .join("\n")}\nrules: *g`,
    "references",
  ],
])("a file with a fault is refused with its line: %s", (_, yaml, words) => {
  let thrown: unknown;
  try {
    readYaml(yaml);
  } catch (error) {
    thrown = error;
  }
  expect(isRefusal(thrown) && thrown.code).toBe("invalid");
  expect(String(thrown)).toContain(words);
});

test("the schema of a rule has no word that a file does not know", () => {
  const known = Object.keys(z.toJSONSchema(ruleDraftSchema, { io: "input" }).properties ?? {});
  expect(known.sort()).toEqual(Object.keys(ruleDraftSchema.shape).sort());
  const file = rulesFile([{ id: "rul_1", draft: fullDraft }], names);
  for (const word of ["when", "for", "recover", "noData", "onError", "flap", "channels", "quiet", "labels"])
    expect(file).toContain(`${word}:`);
  expect(Object.keys(fullDraft).sort()).toEqual(known.sort());
});

const fullDraft: RuleDraft = {
  name: "full",
  scope: { kind: "group", group: "g" },
  except: [{ kind: "tag", tag: "t" }],
  condition: { kind: "metric", metric: "cpuPercent", op: "above", value: 5 },
  forMs: 1,
  recoverMs: 1,
  noData: "alert",
  onError: "ok",
  flap: null,
  severity: "info",
  labels: { team: "x" },
  quiet: [{ days: [1], from: "22:00", to: "06:00", zone: "UTC" }],
  channelIds: ["chn_1"],
  runbook: "look",
  enabled: false,
};
