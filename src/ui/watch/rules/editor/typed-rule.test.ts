import { describe, expect, it } from "vitest";
import { conditionKinds } from "@/contracts/watch/condition";
import type { RuleDraft } from "@/contracts/watch/rule";
import { differencesOf } from "../words/differences";
import { newDraft } from "../words/draft";
import { noNames } from "../words/names";
import { sentenceOf } from "../words/sentence";
import { readTypedRule } from "./typed-rule";

/** As it comes back from where it was kept. */
const read = (draft: object, base: object = newDraft("metric")) =>
  readTypedRule(JSON.parse(JSON.stringify({ draft, base, read: 3 })));
const metric = (fields: Partial<RuleDraft> = {}) => ({ ...newDraft("metric"), ...fields });

describe("what is kept of a rule", () => {
  it("is what a new rule of any kind begins with", () => {
    for (const kind of conditionKinds) {
      const draft = newDraft(kind);
      expect(read(draft, draft)).toEqual({ draft, base: draft, read: 3 });
    }
  });

  it("may be half typed: a text that is missing or long, an emptied number, an empty list", () => {
    const half = metric({
      name: "",
      condition: { kind: "metric", metric: "", op: "above", value: Number.NaN },
      forMs: 0.5,
      scope: { kind: "agents", agentIds: [] },
      labels: { "not a name": "" },
      quiet: [{ days: [], from: "2", to: "", zone: "Nowhere" }],
      flap: { changes: Number.NaN, windowMs: 1 },
      runbook: "x".repeat(3_000),
    });
    expect(read(half)?.draft).toEqual(half);
    expect(sentenceOf(read(half)?.draft ?? half, noNames)).toContain("a number");
  });

  it("is filled up where an older version did not know a field, and nothing throws", () => {
    const { flap, quiet, labels, ...older } = newDraft("command-failed");
    const { kinds, ...condition } = { kinds: [], ...older.condition };
    const typed = read({ ...older, condition }, older);
    expect(typed?.draft).toMatchObject({ flap, quiet, labels, condition: { kinds } });
    if (typed) expect(differencesOf(typed.base, typed.draft, noNames)).toEqual([]);
  });

  it("is not offered where the form could not show it", () => {
    expect(read(metric({ condition: { kind: "gone" } as never }))).toBeNull();
    expect(read({ ...metric(), scope: { kind: "galaxy" } })).toBeNull();
    expect(read({ ...metric(), severity: "loud" })).toBeNull();
    expect(read({ ...metric(), name: null })).toBeNull();
    expect(read({ ...metric(), forMs: "soon" })).toBeNull();
    expect(read({ ...metric(), quiet: [null] })).toBeNull();
    expect(read(metric(), { name: "no rule" })).toBeNull();
    expect(readTypedRule({ draft: metric(), base: metric(), read: "3" })).toBeNull();
    expect(readTypedRule(null)).toBeNull();
  });
});
