import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { changedFields, clashes, differencesOf, rebased, same } from "./differences";
import { newDraft, ofKind } from "./draft";
import { noNames } from "./names";
import { ruleFields } from "./rule-fields";

const base = newDraft("offline");

describe("differencesOf", () => {
  it("says each field in words, before and after", () => {
    const after: RuleDraft = {
      ...base,
      forMs: 300_000,
      severity: "critical",
      quiet: [{ days: [6, 7], from: "22:00", to: "06:00", zone: "UTC" }],
      flap: null,
      labels: { team: "ops" },
      except: [{ kind: "tag", tag: "canary" }],
    };
    expect(differencesOf(base, after, noNames)).toEqual([
      { name: "Who is left out", before: "nobody", after: "those tagged canary" },
      { name: "How long it has to last", before: "1 min", after: "5 min" },
      { name: "Severity", before: "warning", after: "critical" },
      { name: "Quiet hours", before: "none", after: "22:00–06:00 at weekends, UTC" },
      { name: "Labels", before: "none", after: "team = ops" },
      { name: "Flapping", before: "6 changes within 10 min", after: "not watched" },
    ]);
    expect(differencesOf(base, base, noNames)).toEqual([]);
  });

  it("names another kind by its clause", () => {
    const after = ofKind(base, "metric");
    expect(differencesOf(base, after, noNames)).toContainEqual({
      name: "What is wrong",
      before: "Any agent is offline",
      after: "Any agent reports CPU above 90 %",
    });
  });

  it("knows every field of a draft", () => {
    const known = ruleFields.flatMap(({ fields }) => fields);
    expect(new Set(known)).toEqual(new Set(Object.keys(ruleDraftSchema.shape)));
  });
});

describe("two editors", () => {
  const mine: RuleDraft = { ...base, forMs: 120_000, severity: "critical" };
  const theirs: RuleDraft = { ...base, name: "Wake me up", severity: "info" };

  it("what I changed goes on top of what they saved", () => {
    expect(rebased(base, mine, theirs)).toEqual({ ...theirs, forMs: 120_000, severity: "critical" });
    expect(clashes(base, mine, theirs)).toEqual(["severity"]);
    expect(clashes(base, mine, mine)).toEqual([]);
  });

  it("neither loses a change that the other did not touch, whatever they change", () => {
    const drafts = fc.record({
      name: fc.constantFrom("a", "b", "c"),
      forMs: fc.constantFrom(0, 60_000, 120_000),
      severity: fc.constantFrom("info" as const, "critical" as const),
    });
    fc.assert(
      fc.property(drafts, drafts, (one, other) => {
        const mine = { ...base, ...one };
        const theirs = { ...base, ...other };
        const merged = rebased(base, mine, theirs);
        const own = new Set(changedFields(base, mine));
        for (const { fields } of ruleFields)
          for (const field of fields)
            expect(same(merged[field], own.has(field) ? mine[field] : theirs[field])).toBe(true);
      }),
    );
  });
});

it("the order of keys is no difference", () => {
  expect(same({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
});
