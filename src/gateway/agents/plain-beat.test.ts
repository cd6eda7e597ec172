import fc from "fast-check";
import { expect, test } from "vitest";
import { beatSchema } from "@/contracts/wire/agent";
import { arbitraryOf, jsonOf } from "@/testing/arbitrary-of-schema";
import { isPlainBeat } from "./plain-beat";

const amount = fc.oneof(fc.double(), fc.nat(), fc.constantFrom(null, -1, 2 ** 53, "7"));
const nearly = fc.record(
  {
    at: fc.oneof(fc.double(), fc.nat(), fc.constantFrom(null, "2026-11-21T00:00:00Z")),
    state: fc.constantFrom("working", "idle", "waiting", "stuck", "", null),
    progressAt: fc.oneof(fc.nat(), fc.constantFrom(null, "now")),
    task: fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom(null, "x".repeat(301), 7)),
    metrics: fc.oneof(
      fc.record(
        { cpuPercent: amount, memoryBytes: amount, netTxBytes: amount, other: amount },
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
});

test("beats as agents send them are taken so", () => {
  const metrics = { cpuPercent: 12.5, memoryBytes: 1_048_576, diskUsedBytes: null };
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
  for (const odd of [null, [], "beat", { at: 1 }, JSON.parse('{"at":1,"state":"idle","__proto__":1}')]) {
    expect(isPlainBeat(odd)).toBe(false);
  }
});
