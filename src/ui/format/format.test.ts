import { describe, expect, it } from "vitest";
import { formatDuration, shortDuration } from "./duration";
import { clockTime, exactTime, shortClockTime, zoneName } from "./exact-time";
import { countOf, formatBytes, formatPercent, quantityText } from "./quantity";
import { relativeTime } from "./relative-time";

const at = "2026-03-12T13:01:38.207Z";

describe("durations", () => {
  it.each([
    [0, "0 ms"],
    [212, "212 ms"],
    [8_400, "8.4 s"],
    [9_960, "9 s"],
    [22_000, "22 s"],
    [293_000, "4 min 53 s"],
    [300_000, "5 min"],
    [7_500_000, "2 h 5 min"],
    [273_600_000, "3 d 4 h"],
    [-5, "0 ms"],
    [Number.NaN, "–"],
  ])("draws %d ms as %s", (ms, words) => expect(formatDuration(ms)).toBe(words));

  it("has one unit where room is short", () => {
    expect([3_900, 299_999, 7_500_000, 273_600_000].map(shortDuration)).toEqual([
      "3 s",
      "4 min",
      "2 h",
      "3 d",
    ]);
  });
});

describe("times", () => {
  it("are exact in the zone that is asked for", () => {
    expect(clockTime(at, { zone: "Europe/Berlin" })).toBe("14:01:38");
    expect(clockTime(at, { zone: "Europe/Berlin", millis: true })).toBe("14:01:38.207");
    expect(shortClockTime(at, "UTC")).toBe("13:01");
    expect(exactTime(at, { zone: "America/New_York" })).toBe("12 Mar 2026, 09:01:38 New York");
  });

  it("write midnight as 00, not 24", () => {
    expect(clockTime("2026-03-12T00:00:00Z", { zone: "UTC" })).toBe("00:00:00");
  });

  it("do not break on text that is no date", () => {
    expect(exactTime("soon")).toBe("–");
    expect(relativeTime("soon", 0)).toBe("–");
  });

  it("name the zone as people do", () => expect(zoneName("America/New_York")).toBe("New York"));

  it.each([
    [3_000, "3 s"],
    [-400, "0 s"],
    [300_000, "5 min"],
    [-120_000, "2 min"],
    [31 * 86_400_000, "9 Feb 2026"],
  ])("tell that %d ms ago is %s", (agoMs, words) => {
    const nowMs = Date.parse(at);
    expect(relativeTime(nowMs - agoMs, nowMs)).toBe(words);
  });
});

describe("quantities", () => {
  it.each([
    [0, "0 B"],
    [512, "512 B"],
    [999.7e3, "1.0 MB"],
    [3_140, "3.1 KB"],
    [310e6, "310 MB"],
    [1.9e9, "1.9 GB"],
    [null, "–"],
    [-1, "–"],
  ])("draw %s bytes as %s", (bytes, words) => expect(quantityText(formatBytes(bytes))).toBe(words));

  it("never round an outage up to 100 per cent", () => {
    expect(formatPercent(99.97, 1).value).toBe("99.9");
    expect(formatPercent(100, 1).value).toBe("100");
    expect(formatPercent(46.4).value).toBe("46");
    expect(formatPercent(undefined).value).toBe("–");
  });

  it("count in words", () => {
    expect(countOf(1, "agent")).toBe("1 agent");
    expect(countOf(48_213, "fact")).toBe("48,213 facts");
  });
});
