import { expect, test } from "vitest";
import { restAfter } from "./breaker";
import { boundsOf, Lanes } from "./lanes";

test("a channel sends as many as its service and its team allow, then waits its turn", () => {
  let now = 0;
  const lanes = new Lanes(() => now);
  const bounds = boundsOf({ kind: "teams", perMinute: 6 });
  const sentAt: number[] = [];
  for (; now < 130_000; now += 50) {
    if (lanes.blocked().channelIds.includes("chn")) continue;
    lanes.take("chn", bounds);
    lanes.sent("chn");
    sentAt.push(now);
    lanes.free("chn", null);
  }
  expect(sentAt).toEqual([
    0, 50, 100, 150, 1_000, 1_050, 60_000, 60_050, 60_100, 60_150, 61_000, 61_050, 120_000, 120_050, 120_100,
    120_150, 121_000, 121_050,
  ]);
});

test("a request that was long on its way keeps the later ones away as long", () => {
  let now = 0;
  const lanes = new Lanes(() => now);
  lanes.take("chn", boundsOf({ kind: "slack", perMinute: null }));
  now = 700;
  lanes.sent("chn");
  lanes.free("chn", null);
  expect(lanes.blocked()).toEqual({ channelIds: ["chn"], wakeInMs: 1_000 });
});

test("one at a time, a rest after a failure, and no bound where nobody sets one", () => {
  let now = 0;
  const lanes = new Lanes(() => now);
  lanes.take("chn", boundsOf({ kind: "email", perMinute: null }));
  lanes.sent("chn");
  expect(lanes.blocked()).toEqual({ channelIds: ["chn"], wakeInMs: null });
  lanes.free("chn", 2_000);
  expect(lanes.blocked()).toEqual({ channelIds: ["chn"], wakeInMs: 2_000 });
  now = 2_000;
  expect(lanes.blocked()).toEqual({ channelIds: [], wakeInMs: null });
  expect(boundsOf({ kind: "slack", perMinute: null })).toEqual([{ count: 1, windowMs: 1_000 }]);
});

test("the breaker opens with the fifth failure, doubles up to a quarter of an hour, and Retry-After wins", () => {
  const rests = Array.from({ length: 12 }, (_, index) => restAfter(index + 1, null));
  expect(rests.slice(0, 4)).toEqual([null, null, null, null]);
  expect(rests.slice(4)).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000, 900_000]);
  expect(restAfter(5, 7_000)).toBe(7_000);
  expect(restAfter(4, 7_000)).toBeNull();
});
