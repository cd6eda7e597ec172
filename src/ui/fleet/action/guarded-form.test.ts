import { describe, expect, it } from "vitest";
import { sampleCommand } from "@/testing/board-samples";
import { actionTitle } from "./action-words";
import { guardedDefaults, guardedFormSchema, requestOf } from "./guarded-form";
import { deadlineWord, lastWord, tookWord } from "./last-word";

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
    [
      {
        state: "running",
        runningAt: at,
        args: { graceMs: 60_000 },
        message: "Asked to stop, forced in 60 s",
      },
      "asked to stop, forced in 48 s",
    ],
    [
      { state: "running", runningAt: at, message: "Asked to stop, forced in 5 min" },
      "asked to stop, forced in 4 min 48 s",
    ],
    [
      { state: "running", runningAt: at, args: { graceMs: 60_000 }, message: "Draining 3 jobs" },
      "Draining 3 jobs",
    ],
    [{ state: "running", runningAt: at }, "under way"],
    [{ state: "failed", message: "exit 1, port 8080 in use" }, "exit 1, port 8080 in use"],
    [{ state: "expired" }, "not acknowledged in time, so it was not done"],
  ] as const)("of %o is %s", (fields, expected) => {
    expect(lastWord(sampleCommand("x", "a", fields), nowMs)).toBe(expected);
  });

  it("says until when it waits: with seconds when that is soon, with the day when it is not today", () => {
    const words = ["2026-03-12T14:01:00.000Z", "2026-03-12T14:15:00.000Z", "2026-03-13T14:00:12.000Z"].map(
      (deadlineAt) => lastWord(sampleCommand("x", "a", { deadlineAt }), nowMs),
    );
    expect(words[0]).toMatch(/^agent is away, kept until \d\d:01:00$/);
    expect(words[1]).toMatch(/^agent is away, kept until \d\d:15$/);
    expect(words[2]).toMatch(/kept until 1[34] Mar 2026, \d\d:00$/);
    const lateMs = new Date(2026, 2, 12, 23, 58).getTime();
    expect(deadlineWord(lateMs + 15 * 60_000, lateMs)).toBe("13 Mar 2026, 00:13");
    expect(deadlineWord(lateMs + 3 * 60_000, lateMs)).toBe("13 Mar 2026, 00:01:00");
    expect(deadlineWord(lateMs + 60_000, lateMs)).toBe("23:59:00");
  });

  it("tells how long it took, or has been going on", () => {
    expect(tookWord(sampleCommand("x", "a"), nowMs)).toBe("12 s");
    expect(tookWord(sampleCommand("x", "a", { finishedAt: "2026-03-12T14:00:08.400Z" }), nowMs)).toBe(
      "8.4 s",
    );
  });
});
