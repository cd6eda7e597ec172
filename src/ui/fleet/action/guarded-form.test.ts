import { describe, expect, it } from "vitest";
import { sampleCommand } from "@/testing/board-samples";
import { actionTitle } from "./action-words";
import { guardedDefaults, guardedFormSchema, requestOf } from "./guarded-form";
import { lastWord, tookWord } from "./last-word";

const filled = { ...guardedDefaults, reason: "Memory grows" };

describe("the guarded form", () => {
  it("asks for a reason, and for nothing else on a restart", () => {
    const schema = guardedFormSchema("restart");
    expect(schema.safeParse(guardedDefaults).error?.issues[0]?.message).toContain("Say why");
    expect(schema.safeParse({ ...guardedDefaults, reason: "  " }).success).toBe(false);
    expect(schema.safeParse(filled).success).toBe(true);
  });

  it.each([
    ["", false],
    ["kil", false],
    ["restart", false],
    [" Kill ", true],
  ])("a kill with the word %j typed may be sent: %s", (typed, may) => {
    expect(guardedFormSchema("kill").safeParse({ ...filled, typed }).success).toBe(may);
  });

  it("sends the grace time only where it means something", () => {
    expect(requestOf("restart", ["a"], filled).args).toEqual({ graceMs: 10_000 });
    expect(requestOf("kill", ["a"], filled).args).toEqual({});
  });

  it("says whom it is about", () => {
    expect(actionTitle("restart", ["a", "b", "c"])).toBe("Restart 3 agents");
    expect(actionTitle("kill", ["sitemap-crawl"])).toBe("Kill sitemap-crawl");
  });
});

describe("the last word of a command", () => {
  const at = "2026-03-12T14:00:00.000Z";
  const nowMs = Date.parse(at) + 12_000;
  it.each([
    [{ state: "running", runningAt: at, args: { graceMs: 60_000 } }, "asked to stop, forced in 48 s"],
    [{ state: "running", runningAt: at, args: { graceMs: 5_000 } }, "forced to stop, starting again"],
    [{ state: "failed", message: "exit 1, port 8080 in use" }, "exit 1, port 8080 in use"],
    [{ state: "expired" }, "not acknowledged in time, so it was not done"],
  ] as const)("of %o is %s", (fields, expected) => {
    expect(lastWord(sampleCommand("x", "a", fields), nowMs)).toBe(expected);
  });

  it("tells how long it took, or has been going on", () => {
    expect(tookWord(sampleCommand("x", "a"), nowMs)).toBe("12 s");
    expect(tookWord(sampleCommand("x", "a", { finishedAt: "2026-03-12T14:00:08.400Z" }), nowMs)).toBe(
      "8.4 s",
    );
  });
});
