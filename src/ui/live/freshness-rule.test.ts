import { describe, expect, it } from "vitest";
import { ClockOffset } from "./clock-offset";
import { DelayMeter } from "./delay-meter";
import { type FreshnessInput, judgeFreshness } from "./freshness-rule";
import { frameDelays } from "./measure-frame";

const live: FreshnessInput = {
  nowMs: 100_000,
  joined: true,
  lostAtMs: null,
  heardAtMs: 99_000,
  delay: { medianMs: 38, worstMs: 112 },
  dataFromMs: 98_000,
};

describe("freshness", () => {
  it.each([
    ["live with the median", {}, { state: "live", delayMs: 38 }],
    ["live and quiet without beats", { delay: null }, { state: "live" }],
    [
      "behind by the worst",
      { delay: { medianMs: 40, worstMs: 6_000 } },
      { state: "behind", delayMs: 6_000, late: true },
    ],
    [
      "behind when nothing comes through",
      { heardAtMs: 80_000 },
      { state: "behind", delayMs: 20_000, late: true },
    ],
    [
      "reconnecting, with the time of the data",
      { joined: false, lostAtMs: 90_000 },
      { state: "reconnecting", dataFrom: 98_000, late: true },
    ],
    [
      "reconnecting, and not late yet in a blip",
      { joined: false, lostAtMs: 98_000 },
      { state: "reconnecting", dataFrom: 98_000 },
    ],
    [
      "disconnected after half a minute",
      { joined: false, lostAtMs: 60_000 },
      { state: "disconnected", dataFrom: 98_000, late: true },
    ],
  ])("is %s", (_, change, expected) => {
    expect(judgeFreshness({ ...live, ...change })).toEqual(expected);
  });

  it("measures from the agent to now by the server's clock", () => {
    const frame = {
      s: 1,
      t: 1_000,
      b: [[0, 20, 0, 0, 0, 5] as const, [1, 0, 0, 0, 0, -1] as const].map((b) => [...b] as never),
    };
    expect(frameDelays(frame, 1_030)).toEqual([55, 30]);
  });

  it("believes the question with the shortest way", () => {
    const clock = new ClockOffset();
    clock.add(0, 5_400, 800);
    clock.add(1_000, 6_010, 1_020);
    expect(clock.ms).toBe(5_000);
  });

  it("reads the median of a minute and the worst of five seconds", () => {
    const meter = new DelayMeter();
    meter.add(0, [900]);
    meter.add(20_000, [30, 40, 50]);
    meter.add(40_000, [20, 30, 300]);
    expect(meter.read(41_000)).toEqual({ medianMs: 40, worstMs: 300 });
    expect(meter.read(50_000)).toEqual({ medianMs: 40, worstMs: 40 });
    expect(meter.read(200_000)).toBeNull();
  });
});
