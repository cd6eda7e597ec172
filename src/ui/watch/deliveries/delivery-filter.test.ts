import { describe, expect, it } from "vitest";
import { deliveryEventWords, deliveryFilterAddress, deliveryFilterFrom, nextTryMs } from "./delivery-filter";

it("a filter comes back from its own address", () => {
  const filter = { state: "dead", channelId: "chn_1" } as const;
  expect(deliveryFilterFrom(new URLSearchParams(deliveryFilterAddress(filter)))).toEqual(filter);
  expect(deliveryFilterFrom(new URLSearchParams("?state=lost"))).toEqual({ state: null, channelId: null });
});

it("the log is looked at again just after the next try", () => {
  const nowMs = Date.parse("2026-03-12T14:00:00.000Z");
  const pending = (nextAttemptAt: string | null) => ({ state: "pending" as const, nextAttemptAt });
  expect(nextTryMs([{ state: "dead", nextAttemptAt: null }], nowMs)).toBeNull();
  expect(nextTryMs([pending("2026-03-12T14:01:00.000Z"), pending("2026-03-12T14:00:10.000Z")], nowMs)).toBe(
    10_700,
  );
  expect(nextTryMs([pending(null)], nowMs)).toBe(2_000);
});

describe("what a message told", () => {
  it.each([
    ["firing", 1, 0, "firing"],
    ["firing", 2, 1, "2 firing, 1 over"],
    ["resolved", 0, 1, "over"],
    ["resolved", 0, 3, "3 over"],
    ["repeat", 2, 0, "still firing"],
    ["escalation", 1, 0, "nobody acknowledged"],
  ] as const)("%s of %i and %i is %s", (event, firingCount, resolvedCount, words) =>
    expect(deliveryEventWords({ event, firingCount, resolvedCount })).toBe(words),
  );
});
