import { expect, it } from "vitest";
import { permissions, permissionsOf } from "@/contracts/people/role";
import { scopeGroups, scopeSummary, scopesOf } from "./scope-words";

it("offers every permission exactly once", () => {
  expect(scopeGroups.flatMap(({ scopes }) => scopes).sort()).toEqual([...permissions].sort());
});

it("a preset never reaches beyond the role", () => {
  for (const preset of ["read", "operate"] as const) {
    const scopes = scopesOf(preset, "operator") ?? [];
    expect(scopes.every((scope) => permissionsOf.operator.has(scope))).toBe(true);
  }
  expect(scopesOf("read", "operator")).toEqual(["board:read"]);
  expect(scopesOf("all", "admin")).toBeNull();
});

it("says in a cell what a credential is for", () => {
  expect(scopeSummary("viewer", null)).toBe("everything it may");
  expect(scopeSummary("viewer", ["board:read"])).toBe("everything it may");
  expect(scopeSummary("admin", ["audit:read", "board:read"])).toBe("read only");
  expect(scopeSummary("operator", ["board:read", "agents:operate", "alerts:operate"])).toBe("operating only");
  expect(scopeSummary("admin", ["users:manage"])).toBe("only users:manage");
  expect(scopeSummary("admin", ["users:manage", "board:read"])).toBe("2 of 9 permissions");
});
