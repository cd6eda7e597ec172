import { expect, it } from "vitest";
import { latenessOf } from "./lateness";

it("says when something was and how much later it is told; nothing of what is told in time", () => {
  const at = Date.parse("2026-01-01T12:00:00.250Z");
  expect(latenessOf(at, at + 4_999)).toBeNull();
  expect(latenessOf(at, at + 5_000)).toBe("at 2026-01-01T12:00:00Z by its clock, told 5 s later");
  expect(latenessOf(at, at + 14 * 60_000)).toMatch(/told 14 min later$/);
  // A clock that was put back is no reason to call it late.
  expect(latenessOf(at, at - 60_000)).toBeNull();
});
