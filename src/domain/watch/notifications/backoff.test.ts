import { expect, test } from "vitest";
import { afterFailure, defaultPatience } from "./backoff";

const failed = { verdict: "retry" as const, retryAfterMs: null };
const meets = (attempts: number, random = 0.5, ageMs = 0) => ({ attempts, ageMs, random });

test("doubles up to five minutes, with jitter", () => {
  expect(afterFailure(failed, meets(1))).toEqual({ delayMs: 1_000 });
  expect(afterFailure(failed, meets(4))).toEqual({ delayMs: 8_000 });
  expect(afterFailure(failed, meets(1, 0))).toEqual({ delayMs: 750 });
  expect(afterFailure(failed, meets(400, 0.99))).toEqual({ delayMs: 300_000 });
});

test("Retry-After wins and is never undercut", () => {
  expect(afterFailure({ ...failed, retryAfterMs: 30_000 }, meets(1, 0))).toEqual({ delayMs: 30_000 });
  expect(afterFailure({ ...failed, retryAfterMs: 30_000 }, meets(9, 0.5))).toEqual({ delayMs: 30_500 });
});

test("gives up after a day, and a refused message after three tries", () => {
  expect(afterFailure(failed, meets(50, 0, defaultPatience.giveUpAfterMs))).toBe("give-up");
  expect(afterFailure({ verdict: "refused", retryAfterMs: null }, meets(2, 0.5))).toEqual({ delayMs: 2_000 });
  expect(afterFailure({ verdict: "refused", retryAfterMs: null }, meets(3))).toBe("give-up");
  expect(afterFailure({ verdict: "unclear", retryAfterMs: null }, meets(1))).toBe("give-up");
});
