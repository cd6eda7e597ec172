import { describe, expect, it } from "vitest";
import { LevelReader, toldLevel } from "./levels";

describe("toldLevel", () => {
  it.each([
    ['{"level":50,"msg":"boom"}', "error"],
    ['{"level":40,"msg":"hm"}', "warn"],
    ['{"level":30,"msg":"fine"}', "info"],
    ['{"level":20}', "debug"],
    ['{"severity":"WARNING","message":"x"}', "warn"],
    ['{"levelname":"CRITICAL"}', "error"],
    ["[error] could not read", "error"],
    ["2026-11-21 04:00:01,123 [WARN ] pool is full", "warn"],
    ["2026-11-21T04:00:01Z ERROR could not read", "error"],
    ["ERROR could not read", "error"],
    ["error: could not read", "error"],
    ["warn: low disk", "warn"],
    ["Warning: deprecated", "warn"],
    ["time=1 level=debug msg=x", "debug"],
    ["INFO  started", "info"],
    ["Traceback (most recent call last):", "error"],
    ["TypeError: x is not a function", "error"],
    ["java.lang.IllegalStateException: no", "error"],
    ["panic: runtime error: index out of range", "error"],
  ])("%s → %s", (line, level) => expect(toldLevel(line)).toBe(level));

  it.each([
    "0 errors found",
    "no error in file error.log",
    "Information desk opened",
    "{not json}",
    '{"level":"loud"}',
    "processed 12 warnings",
  ])("%s tells nothing", (line) => expect(toldLevel(line)).toBeUndefined());
});

describe("LevelReader", () => {
  it("gives a stack trace the level of its first line, and the next line its own", () => {
    const reader = new LevelReader();
    const levels = ["Error: boom", "    at main (a.js:1)", "listening"].map((line) => reader.read(line));
    expect(levels).toEqual(["error", "error", "info"]);
  });
});
