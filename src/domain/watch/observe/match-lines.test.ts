import fc from "fast-check";
import { expect, test } from "vitest";
import { ruleDraftSchema } from "@/contracts/watch/rule";
import { lineHits, lineMatcher, matchesLine, sampleOf } from "./match-lines";

const condition = (pattern: string, regex = false, level: "debug" | "warn" = "debug") => ({
  kind: "log" as const,
  level,
  pattern,
  regex,
  count: 1,
  windowMs: 60_000,
});
const line = (message: string, level: "info" | "warn" | "error" = "info") => ({ level, message });

test("a text fits without case, wherever it stands, at the level or worse", () => {
  expect(matchesLine(condition("out of MEMORY"), line("java: Out of memory!"))).toBe(true);
  expect(matchesLine(condition("out of memory"), line("out  of memory"))).toBe(false);
  expect(matchesLine(condition("x", false, "warn"), line("x"))).toBe(false);
  expect(matchesLine(condition("x", false, "warn"), line("x", "error"))).toBe(true);
  // What would mean something in an expression means itself in a text.
  expect(matchesLine(condition("a.c(["), line("A.C([!"))).toBe(true);
  expect(matchesLine(condition("a.c"), line("abc"))).toBe(false);
});

test("text of any script, four bytes a character, NUL and lone surrogates", () => {
  expect(matchesLine(condition("💥 größe"), line("da: 💥 GRÖSSE 💥 GRÖẞE 💥 GRÖßE"))).toBe(true);
  expect(matchesLine(condition("^.💥.$", true), line("𝟙💥𝟚"))).toBe(true);
  expect(matchesLine(condition("a.b", true), line("a\u0000b"))).toBe(true);
  expect(matchesLine(condition("a", true), line("\ud800a"))).toBe(true);
  expect(sampleOf(`a\u0000b\u202e ${"💥".repeat(400)}`)).toMatch(/^ab 💥+…$/u);
  expect(sampleOf("💥".repeat(400)).length).toBeLessThanOrEqual(300);
});

test("an expression is RE2: found anywhere, without case, and none that takes for ever", () => {
  expect(matchesLine(condition("time(out|d out) after \\d+ ms", true), line("TIMED OUT after 30 ms"))).toBe(
    true,
  );
  expect(matchesLine(condition("(?=a)", true), line("a")), "no look-around").toBe(false);
  expect(matchesLine(condition("(", true), line("("))).toBe(false);
  expect(() => lineMatcher(condition("(a)\\1", true))).toThrow();
  const hostile = ["(a+)+$", "(a|aa)+$", "(.*)*x", "(a?){30}a{30}", "(x+x+)+y"];
  const beganMs = performance.now();
  for (const pattern of hostile) {
    const fits = lineMatcher(condition(pattern, true));
    for (let count = 0; count < 10; count++) fits(line(`${"a".repeat(8_000)}!`));
  }
  expect(performance.now() - beganMs).toBeLessThan(5_000);
});

test("never throws for any line, and a text fits what holds it", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(text, text, text, (before, pattern, after) => {
      expect(matchesLine(condition(pattern), line(`${before}${pattern}${after}`))).toBe(true);
      matchesLine(condition(pattern, true), line(`${before}${after}`));
    }),
    { numRuns: 500 },
  );
});

test("a rehearsal sees each line that fits, of agents in scope", () => {
  const draft = ruleDraftSchema.parse({
    name: "Errors",
    scope: { kind: "tag", tag: "prod" },
    condition: condition("boom"),
    severity: "warning",
  });
  const agent = (id: string, tags: string[]) => ({
    id,
    name: id,
    group: null,
    host: null,
    tags,
    status: "online" as const,
  });
  const receivedAt = new Date("2026-11-21T10:00:00Z");
  const seen = [
    ...lineHits({ id: "rul_1", draft, condition: condition("boom") }, [
      { ...line("Boom one"), agent: agent("agt_a", ["prod"]), receivedAt },
      { ...line("Boom two"), agent: agent("agt_b", []), receivedAt },
      { ...line("calm"), agent: agent("agt_a", ["prod"]), receivedAt },
    ]),
  ];
  expect(seen).toMatchObject([
    {
      truth: "bad",
      count: 1,
      at: receivedAt,
      subject: { id: "agt_a" },
      summary: "A line holds “boom”: Boom one",
    },
  ]);
});
