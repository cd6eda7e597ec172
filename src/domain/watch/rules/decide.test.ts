import { expect, test } from "vitest";
import { decide, type Observation } from "./decide";

const now = new Date("2026-11-21T10:04:00Z");
const since = new Date("2026-11-21T10:00:00Z");
const agent = { id: "agt_1", name: "indexer", group: "Search", tags: ["prod"] };
const everything = { scope: { kind: "all" as const }, enabled: true };
const saw = (seen: Observation["seen"], firing = false, by: string | null = null): Observation => ({
  agent,
  seen,
  by,
  firingSince: firing ? since : null,
});

test("fires for what is in scope, once", () => {
  expect(decide(everything, saw("offline"), now).act).toBe("fire");
  expect(decide({ scope: { kind: "group", group: "search" }, enabled: true }, saw("offline"), now).act).toBe(
    "fire",
  );
  expect(decide({ scope: { kind: "tag", tag: "prod" }, enabled: true }, saw("offline"), now).act).toBe(
    "fire",
  );
  expect(decide({ scope: { kind: "tag", tag: "test" }, enabled: true }, saw("offline"), now).act).toBe(
    "hold",
  );
  expect(decide({ ...everything, enabled: false }, saw("offline"), now).act).toBe("hold");
  expect(decide(everything, saw("offline", true), now).act).toBe("hold");
});

test("resolves with a reason for people, also when the scope has changed meanwhile", () => {
  expect(decide(everything, saw("back", true), now)).toEqual({
    act: "resolve",
    reason: "Back online after 4 min",
  });
  expect(decide(everything, saw("stopped", true, "Mira"), now).reason).toBe("Stopped on purpose by Mira");
  expect(decide(everything, saw("removed", true), now).reason).toBe("Removed from the fleet");
  expect(decide({ scope: { kind: "tag", tag: "test" }, enabled: true }, saw("back", true), now).act).toBe(
    "resolve",
  );
  expect(decide(everything, saw("back"), now).act).toBe("hold");
});
