import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after";

test("reads seconds and dates, and ignores nonsense", () => {
  const now = new Date("2026-11-21T10:00:00Z");
  expect(retryAfterMs("3", now)).toBe(3_000);
  expect(retryAfterMs("Sat, 21 Nov 2026 10:01:30 GMT", now)).toBe(90_000);
  expect(retryAfterMs("Sat, 21 Nov 2026 09:00:00 GMT", now)).toBe(0);
  expect(retryAfterMs("soon", now)).toBeNull();
  expect(retryAfterMs(undefined, now)).toBeNull();
});
