import { describe, expect, it } from "vitest";
import { diffOf, diffWords } from "./diff";

const drawn = (...given: Parameters<typeof diffOf>) =>
  diffOf(...given).map(
    ({ sign, path, text }) => `${{ same: " ", removed: "-", added: "+" }[sign]} ${path}: ${text}`,
  );

describe("diffOf", () => {
  it("shows changed, kept, gone and new fields", () => {
    expect(
      drawn({ role: "viewer", name: "Noor", note: "x" }, { role: "operator", name: "Noor", active: true }),
    ).toEqual(['- role: "viewer"', '+ role: "operator"', '  name: "Noor"', '- note: "x"', "+ active: true"]);
  });

  it("goes into nested fields and takes a list as one value", () => {
    expect(
      drawn({ scope: { kind: "all" }, ids: [1] }, { scope: { kind: "group", group: "a" }, ids: [1, 2] }),
    ).toEqual([
      '- scope.kind: "all"',
      '+ scope.kind: "group"',
      "- ids: [1]",
      "+ ids: [1,2]",
      '+ scope.group: "a"',
    ]);
  });

  it("tells the word true from the value", () => {
    expect(drawn({ value: "true" }, { value: true })).toEqual(['- value: "true"', "+ value: true"]);
  });

  it("takes everything as new where there was nothing", () => {
    expect(drawn(null, { name: "x" })).toEqual(['+ name: "x"']);
    expect(drawn(null, null)).toEqual([]);
  });
});

describe("diffWords", () => {
  it("says one change as from and to, several as a count", () => {
    expect(diffWords({ before: { role: "viewer" }, after: { role: "operator" } })).toEqual({
      from: "viewer",
      to: "operator",
    });
    expect(diffWords({ before: { a: 1, b: 2 }, after: { a: 2, b: 3 } })).toEqual({
      from: null,
      to: "2 fields",
    });
    expect(
      diffWords({ before: { host: "a", status: "online" }, after: { host: "b", status: "offline" } }),
    ).toEqual({
      from: "online",
      to: "offline",
    });
    expect(diffWords({ before: { disabledAt: null }, after: { disabledAt: "now" } })).toEqual({
      from: "none",
      to: "now",
    });
  });

  it("is silent about what is only new, or did not change", () => {
    expect(diffWords({ before: null, after: { name: "x" } })).toBeNull();
    expect(diffWords({ before: { name: "x" }, after: { name: "x" } })).toBeNull();
  });
});
