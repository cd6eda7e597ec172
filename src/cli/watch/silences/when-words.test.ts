import { expect, test } from "vitest";
import { whenWords } from "./when-words";

const silence = { endedAt: null, endsAt: null, activeUntil: null, nextAt: null };
const at = "2026-03-12T14:52:00.000Z";

test.each([
  [{ ...silence, state: "active" as const, activeUntil: at }, `quiet until ${at}`],
  [{ ...silence, state: "active" as const }, "quiet until somebody ends it"],
  [{ ...silence, state: "upcoming" as const, nextAt: at }, `from ${at}`],
  [{ ...silence, state: "upcoming" as const }, "none of its hours is left"],
  [{ ...silence, state: "ended" as const, endsAt: at }, `ended ${at}`],
  [{ ...silence, state: "ended" as const, endedAt: at, endsAt: "2026-03-13T14:52:00.000Z" }, `ended ${at}`],
])("%j is told as %s", (given, words) => {
  expect(whenWords(given)).toBe(words);
});
