import { expect, it } from "vitest";
import { faultAt, faultsOf } from "./faults";

it("finds errors however deep, and says them as sentences", () => {
  const faults = faultsOf({
    name: { type: "custom", message: "must not be empty" },
    condition: { pattern: { type: "custom", message: "is no RE2 expression" } },
    quiet: [{ zone: { type: "custom", message: "must be a time zone like Europe/Berlin" } }],
  });
  expect(faults).toEqual([
    { path: "name", message: "Must not be empty." },
    { path: "condition.pattern", message: "This is no RE2 expression." },
    { path: "quiet.0.zone", message: "Must be a time zone like Europe/Berlin." },
  ]);
  expect(faultAt(faults, ["condition"])).toBe("This is no RE2 expression.");
  expect(faultAt(faults, ["quiet.0"])).toBe("Must be a time zone like Europe/Berlin.");
  expect(faultAt(faults, ["quiet.1", "nam"])).toBeUndefined();
});
