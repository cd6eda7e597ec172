import fc from "fast-check";
import { expect, test } from "vitest";
import { beatSchema } from "@/contracts/wire/agent";
import { arbitraryOf, jsonOf } from "@/testing/arbitrary-of-schema";
import { isPlainBeat } from "./plain-beat";

const amount = fc.oneof(fc.double(), fc.nat(), fc.constantFrom(null, -1, 2 ** 53, "7"));
const nameOfNumber = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.constantFrom("queue.depth", "a:b/c-d", " spaced ", "9lives", "__proto__", "constructor", "x".repeat(81)),
);
const numbers = fc.oneof(
  fc.dictionary(nameOfNumber, fc.oneof(fc.double(), fc.constantFrom(null, "7", -1)), { maxKeys: 40 }),
  fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.nat(), { maxKeys: 40 }),
  fc.constantFrom(null, [], 7),
);
const nearly = fc.record(
  {
    at: fc.oneof(fc.double(), fc.nat(), fc.constantFrom(null, "2026-11-21T00:00:00Z")),
    state: fc.constantFrom("working", "idle", "waiting", "stuck", "", null),
    progressAt: fc.oneof(fc.nat(), fc.constantFrom(null, "now")),
    task: fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom(null, "x".repeat(301), 7)),
    metrics: fc.oneof(
      fc.record(
        { cpuPercent: amount, memoryBytes: amount, netTxBytes: amount, numbers, other: amount },
        { requiredKeys: [] },
      ),
      fc.constantFrom(null, [], "none"),
    ),
    clockOffsetMs: fc.oneof(fc.double(), fc.constantFrom(null, "0")),
    other: fc.constant(1),
  },
  { requiredKeys: [] },
);

test("what is taken without asking the schema is what the schema would have answered", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        nearly,
        arbitraryOf(beatSchema).map((value) => JSON.parse(jsonOf(value))),
      ),
      (beat) => {
        if (isPlainBeat(beat)) expect(beatSchema.parse(beat)).toEqual(beat);
      },
    ),
    { numRuns: 3_000, seed: 20261121 },
  );
}, 30_000);

test("beats as agents send them are taken so", () => {
  const numbers = { "queue.depth": -12.5, "http/5xx": 0 };
  const metrics = { cpuPercent: 12.5, memoryBytes: 1_048_576, diskUsedBytes: null, numbers };
  expect(isPlainBeat({ at: 1, state: "idle" })).toBe(true);
  expect(
    isPlainBeat({
      at: 1.5,
      state: "working",
      task: "reading /var/log",
      progressAt: 1,
      metrics,
      clockOffsetMs: -3,
    }),
  ).toBe(true);
  const many = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`n${index}`, index]));
  for (const odd of [many, { "a b": 1 }, { a: "1" }, []]) {
    expect(isPlainBeat({ at: 1, state: "idle", metrics: { numbers: odd } })).toBe(false);
  }
  for (const odd of [null, [], "beat", { at: 1 }, JSON.parse('{"at":1,"state":"idle","__proto__":1}')]) {
    expect(isPlainBeat(odd)).toBe(false);
  }
});
