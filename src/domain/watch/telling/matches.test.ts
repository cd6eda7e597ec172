import { expect, test } from "vitest";
import type { Matcher } from "@/contracts/watch/matcher";
import { faultsOfMatchers, matches } from "./matches";

const labels = { agent: "cron-7", tag: ["prod", "eu"], kind: "offline", team: "" };
const one = (label: string, op: Matcher["op"], value: string) => matches([{ label, op, value }], labels);

test("all matchers have to fit", () => {
  const kind = { label: "kind", op: "=", value: "offline" } as const;
  expect(matches([], labels)).toBe(true);
  expect(matches([kind, { label: "agent", op: "=", value: "cron-7" }], labels)).toBe(true);
  expect(matches([kind, { label: "agent", op: "=", value: "cron-8" }], labels)).toBe(false);
});

test("of several values one has to fit, and of a negation none may", () => {
  expect(one("tag", "=", "eu")).toBe(true);
  expect(one("tag", "!=", "eu")).toBe(false);
  expect(one("tag", "!=", "us")).toBe(true);
  expect(one("tag", "=~", "pr.*")).toBe(true);
  expect(one("tag", "!~", "pr.*")).toBe(false);
});

test("a label that is missing is empty, also when its name is one that every object has", () => {
  for (const name of ["owner", "team", "constructor"]) {
    expect(one(name, "=", "")).toBe(true);
    expect(one(name, "!=", "x")).toBe(true);
    expect(one(name, "=~", ".+")).toBe(false);
  }
  expect(matches([{ label: "tag", op: "=", value: "" }], { tag: [] })).toBe(true);
});

test("a pattern fits the whole value, alternatives too, in linear time", () => {
  expect(one("kind", "=~", "off|line")).toBe(false);
  expect(one("kind", "=~", "offline|stuck")).toBe(true);
  const long = { agent: `${"a".repeat(5_000)}!` };
  const startedAt = performance.now();
  expect(matches([{ label: "agent", op: "=~", value: "(a+)+" }], long)).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(500);
});

test("a pattern that is none fits nothing and has a sentence", () => {
  for (const value of ["(", "a(?=b)", "(a)\\1", "["]) {
    expect(one("kind", "=~", value), value).toBe(false);
    expect(one("kind", "!~", value), value).toBe(false);
    expect(faultsOfMatchers([{ label: "kind", op: "=~", value }])[0]).toContain(
      "is not a regular expression",
    );
  }
  expect(faultsOfMatchers([{ label: "kind", op: "=", value: "(" }])).toEqual([]);
});
