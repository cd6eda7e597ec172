import { describe, expect, it } from "vitest";
import { passwordHints } from "./password-hints";

const unmet = (password: string, own = {}) =>
  passwordHints(password, own)
    .filter(({ met }) => !met)
    .map(({ id }) => id);

describe("passwordHints", () => {
  it("meets nothing before anything is typed", () => {
    expect(unmet("")).toEqual(["length", "kinds", "own", "variety"]);
  });

  it("counts down the missing characters, an emoji as one", () => {
    expect(passwordHints("Abcdef12🙂")[0]?.words).toBe("at least 12 characters, 3 more");
  });

  it("is content with a good one", () => {
    expect(unmet("Kestrel-over-42-hills")).toEqual([]);
  });

  it("sees the name and the e-mail inside", () => {
    expect(unmet("Aiko-over-42-hills", { name: "Aiko Tanaka" })).toEqual(["own"]);
    expect(unmet("X9-mira.lang-hills", { email: "Mira.Lang@example.org" })).toEqual(["own"]);
  });

  it("sees the same few characters", () => {
    expect(unmet("Aa1Aa1Aa1Aa1")).toEqual(["variety"]);
  });
});
