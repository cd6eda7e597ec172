import { describe, expect, it } from "vitest";
import { returnPath } from "./return-path";

describe("returnPath", () => {
  it("keeps a path of this site with its filters", () => {
    expect(returnPath("/audit?actor=mira")).toBe("/audit?actor=mira");
  });

  it.each([
    undefined,
    "",
    "https://example.com",
    "//example.com",
    "/\\example.com",
    "javascript:alert(1)",
    "/\n/example.com",
    "/login?to=/login",
    "/setup",
    "/link#token=1",
    "/auth/sso/start",
  ])("goes to the board instead of %j", (wish) => {
    expect(returnPath(wish)).toBe("/");
  });
});
