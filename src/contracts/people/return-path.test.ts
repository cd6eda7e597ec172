import fc from "fast-check";
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

  it.each([
    ["/%2F%2Fexample.com", "/%2F%2Fexample.com"],
    ["/..//example.com", "/"],
    ["/a/..//example.com", "/"],
    ["/./\\example.com", "/"],
    ["/\t/example.com", "/"],
    ["\t//example.com", "/"],
    [" //example.com", "/"],
    ["/\r\nLocation: https://example.com", "/"],
    ["/./login", "/"],
    ["/a/%2e%2e/setup", "/"],
    ["/@example.com", "/@example.com"],
    ["/audit?q=ü", "/audit?q=%C3%BC"],
    ["/audit#newest", "/audit#newest"],
    [`/${"a".repeat(3_000)}`, "/"],
  ])("takes %j as a browser would: %j", (wish, path) => {
    expect(returnPath(wish)).toBe(path);
  });

  it("never leads to another site, whatever is asked for", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "/",
        "//",
        "\\",
        "\t",
        "\n",
        "\r",
        " ",
        ".",
        "..",
        "@",
        ":",
        "?",
        "#",
        "%2f",
        "%5c",
        "%0d%0a",
      ),
      fc.constantFrom(
        "example.com",
        "https:",
        "javascript:",
        "data:",
        "login",
        "\u3002",
        "\u2044",
        "\uff0f",
        "\ud800",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    );
    const wish = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    const own = "https://control.example.org";
    fc.assert(
      fc.property(
        fc.oneof(
          wish,
          wish.map((text) => `/${text}`),
        ),
        (text) => {
          const path = returnPath(text);
          expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
          for (const page of [`${own}/login?to=x`, `${own}/a/b/c`])
            expect(new URL(path, page).origin).toBe(own);
          expect(returnPath(path)).toBe(path);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
