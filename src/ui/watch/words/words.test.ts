import { describe, expect, it } from "vitest";
import { channelWords } from "./channel-words";
import { listWords } from "./list-words";
import { matchersWords, matcherWords } from "./matcher-words";
import { spanWords } from "./span-words";
import { daysWords, windowWords } from "./window-words";

describe("spanWords", () => {
  it.each([
    [0, "0 s"],
    [30_000, "30 s"],
    [300_000, "5 min"],
    [5_400_000, "1 h 30 min"],
    [604_800_000, "7 d"],
    [90_061_000, "1 d 1 h 1 min 1 s"],
    [Number.NaN, "–"],
  ])("%d ms is %s", (ms, words) => expect(spanWords(ms)).toBe(words));
});

it("lists read as in a sentence", () => {
  expect(listWords([])).toBe("");
  expect(listWords(["a"])).toBe("a");
  expect(listWords(["a", "b", "c"], "or")).toBe("a, b or c");
});

it("matchers say what they fit", () => {
  expect(matchersWords([])).toBe("any label");
  expect(
    matchersWords([
      { label: "severity", op: "=", value: "critical" },
      { label: "group", op: "=~", value: "prod-.*" },
      { label: "tag", op: "!~", value: "canary|test" },
    ]),
  ).toBe("severity = critical, group fits prod-.* and tag does not fit canary|test");
  expect(matcherWords({ label: "host", op: "!=", value: "" })).toBe("host ≠ nothing");
});

it("windows name their days and their zone", () => {
  expect(windowWords({ days: [1, 2, 3, 4, 5], from: "22:00", to: "06:00", zone: "Europe/Berlin" })).toBe(
    "22:00–06:00 on weekdays, Berlin time",
  );
  expect(windowWords({ days: [6, 7], from: "00:00", to: "00:00", zone: "UTC" })).toBe(
    "00:00–00:00 at weekends, UTC",
  );
  expect(daysWords([7, 1, 2, 3, 4, 5, 6])).toBe("every day");
  expect(daysWords([3, 1])).toBe("on Mon and Wed");
});

it("a channel that is gone is not hidden", () => {
  const channels = [{ id: "chn_1", name: "Ops Teams" }];
  expect(channelWords([], channels, "as the routes say")).toBe("as the routes say");
  expect(channelWords(["chn_1", "chn_9"], channels, "")).toBe("Ops Teams and a deleted channel");
});
