import { expect, it } from "vitest";
import { sampleHealth as well } from "@/testing/watch-samples";
import { askAgainMs } from "./use-watch-health";

it("asks again soon while something is wrong: a banner must not outlive its reason by a minute", () => {
  expect(askAgainMs("banner", well)).toBe(60_000);
  expect(askAgainMs("banner", undefined)).toBe(60_000);
  const late = { ...well, faults: ["Rules are evaluated 10 h late."] };
  expect(askAgainMs("banner", late)).toBe(10_000);
  expect(askAgainMs("page", late)).toBe(5_000);
});
