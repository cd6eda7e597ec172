import { expect, test } from "vitest";
import { type Act, afterBlindness, follow, type Seen, type Standing, type Timing } from "./decide";

const start = Date.parse("2026-11-21T10:00:00Z");
const at = (seconds: number) => new Date(start + seconds * 1_000);
const plain: Timing = {
  condition: { kind: "offline" },
  forMs: 0,
  recoverMs: 0,
  noData: "keep",
  onError: "keep",
  flap: null,
  enabled: true,
};
const counted: Timing = {
  ...plain,
  condition: { kind: "restart-loop", count: 3, windowMs: 60_000 },
};

function seen(seconds: number, truth: Seen["truth"], more: Partial<Seen> = {}): Seen {
  const summary = truth === "good" ? "Back online" : "It fell silent";
  return { at: at(seconds), truth, since: at(seconds), value: null, summary, count: 1, ...more };
}
const bad = (seconds: number, more?: Partial<Seen>) => seen(seconds, "bad", more);
const good = (seconds: number, more?: Partial<Seen>) => seen(seconds, "good", more);

/** What a story comes to: each act with the second in which it happened, up to `end`. */
function story(timing: Timing, seens: Seen[], end: number) {
  let state: Standing | null = null;
  const acts: [Act, number][] = [];
  const reasons: string[] = [];
  for (const each of [...seens, null]) {
    for (const step of follow(timing, state, each, each?.at ?? at(end))) {
      state = step.next;
      if (step.act === "none") continue;
      acts.push([step.act, (step.at.getTime() - start) / 1_000]);
      reasons.push(step.reason);
    }
  }
  return { acts, state: state as Standing | null, reasons };
}

test("fires at once and resolves at once where nothing asks to wait, and forgets", () => {
  const { acts, state, reasons } = story(plain, [bad(0), bad(5), good(240), good(250)], 300);
  expect(acts).toEqual([
    ["fire", 0],
    ["resolve", 240],
  ]);
  expect(reasons[1]).toBe("Back online after 4 min");
  expect(state).toBeNull();
});

test("trouble has to last from when it began, and what ends before is no alert", () => {
  const timing = { ...plain, forMs: 60_000 };
  expect(story(timing, [bad(10, { since: at(0) }), good(59)], 100).acts).toEqual([
    ["pend", 10],
    ["calm", 59],
  ]);
  expect(story(timing, [bad(10, { since: at(0) })], 59).state?.dueAt).toEqual(at(60));
  expect(story(timing, [bad(10, { since: at(0) })], 600).acts).toEqual([
    ["pend", 10],
    ["fire", 60],
  ]);
  expect(story(timing, [bad(90, { since: at(0) })], 90).acts).toEqual([["fire", 90]]);
});

test("the condition's own time and the rule's add up", () => {
  const timing: Timing = { ...plain, condition: { kind: "stuck", afterMs: 120_000 }, forMs: 60_000 };
  expect(story(timing, [bad(30, { since: at(0) })], 1_000).acts).toEqual([
    ["pend", 30],
    ["fire", 180],
  ]);
});

test("a relapse while recovering is the same episode", () => {
  const timing = { ...plain, recoverMs: 60_000 };
  expect(story(timing, [bad(0), good(30), bad(60), good(100)], 300).acts).toEqual([
    ["fire", 0],
    ["recover", 30],
    ["relapse", 60],
    ["recover", 100],
    ["resolve", 160],
  ]);
});

test("who is removed or stopped on purpose is over at once", () => {
  const timing = { ...plain, recoverMs: 600_000, flap: { changes: 2, windowMs: 600_000 } };
  const end = good(30, { final: true, summary: "Stopped on purpose by Mira" });
  const { acts, state, reasons } = story(timing, [bad(0), end], 30);
  expect(acts.at(-1)).toEqual(["resolve", 30]);
  expect(reasons.at(-1)).toBe("Stopped on purpose by Mira");
  expect(state).toBeNull();
});

test("fires when there are enough in the window, and is over when there are fewer", () => {
  const { acts, state } = story(counted, [bad(0), bad(20), bad(50)], 59);
  expect(acts).toEqual([["fire", 50]]);
  expect(state?.dueAt).toEqual(at(60));
  expect(story(counted, [bad(0), bad(20), bad(50)], 600)).toMatchObject({
    acts: [
      ["fire", 50],
      ["resolve", 60],
    ],
    state: null,
  });
  expect(story(counted, [bad(0), bad(20), bad(61)], 600).acts).toEqual([]);
  expect(story(counted, [bad(0, { count: 7 })], 0).state?.marks).toHaveLength(3);
});

test("a success clears what was counted", () => {
  const { acts, state } = story(counted, [bad(0), bad(1), bad(2), good(10)], 10);
  expect(acts).toEqual([
    ["fire", 2],
    ["resolve", 10],
  ]);
  expect(state).toBeNull();
  expect(story(counted, [bad(0), bad(1), good(2), bad(3)], 3).acts).toEqual([]);
});

test("counted trouble that has to last is forgotten when the count drops before", () => {
  const timing = { ...counted, forMs: 45_000 };
  expect(story(timing, [bad(0), bad(10), bad(20)], 600).acts).toEqual([
    ["pend", 20],
    ["calm", 60],
  ]);
  expect(story(timing, [bad(0), bad(10), bad(20), bad(30)], 600).acts).toEqual([
    ["pend", 20],
    ["fire", 65],
    ["resolve", 70],
  ]);
});

test("what flaps is kept firing until a whole window was calm", () => {
  const timing = { ...plain, flap: { changes: 4, windowMs: 100_000 } };
  const restless = [bad(0), good(10), bad(20), good(30), bad(40), good(50), bad(120), good(125)];
  const { acts, state } = story(timing, restless, 200);
  expect(acts).toEqual([
    ["fire", 0],
    ["resolve", 10],
    ["fire", 20],
    ["flapping", 30],
    ["relapse", 40],
    ["recover", 50],
    ["relapse", 120],
    ["recover", 125],
  ]);
  expect(state?.flips).toHaveLength(4);
  expect(story(timing, restless, 225).acts.at(-1)).toEqual(["resolve", 225]);
  const stays = story(timing, [...restless.slice(0, 4), bad(40)], 140);
  expect(stays.state).toMatchObject({ state: "firing", flips: [], dueAt: null });
});

test("nothing and errors are what the rule makes of them", () => {
  const acts = (timing: Partial<Timing>, seens: Seen[]) => story({ ...plain, ...timing }, seens, 999).acts;
  expect(acts({ noData: "alert" }, [seen(0, "none")])).toEqual([["fire", 0]]);
  expect(acts({ onError: "alert" }, [seen(0, "error")])).toEqual([["fire", 0]]);
  expect(acts({ noData: "ok" }, [bad(0), seen(5, "none")])).toHaveLength(2);
  expect(acts({ onError: "ok" }, [bad(0), seen(5, "error")])).toHaveLength(2);
  expect(acts({}, [bad(0), seen(5, "none"), seen(6, "error")])).toEqual([["fire", 0]]);
  expect(acts({}, [seen(5, "none"), seen(6, "error")])).toEqual([]);
});

test("a metric is moved on by its minutes alone: the last one is not known when its time is over", () => {
  const timing: Timing = {
    ...plain,
    condition: { kind: "metric", metric: "cpuPercent", op: "above", value: 90 },
    forMs: 180_000,
    recoverMs: 60_000,
  };
  const minute = (index: number, truth: Seen["truth"]) =>
    seen(index * 60 + 60, truth, { since: at(index * 60) });
  const minutes = [minute(0, "bad"), minute(1, "bad")];
  expect(story(timing, minutes, 10_000).acts).toEqual([["pend", 60]]);
  expect(story(timing, [...minutes, minute(2, "good")], 10_000).acts.at(-1)).toEqual(["calm", 180]);
  const fired = [...minutes, minute(2, "bad"), minute(3, "good")];
  expect(story(timing, fired, 10_000).acts.slice(1)).toEqual([
    ["fire", 180],
    ["recover", 240],
  ]);
  expect(story(timing, [...fired, minute(4, "good")], 10_000).acts.at(-1)).toEqual(["resolve", 300]);
});

test("a rule that is switched off ends what it has", () => {
  const { state } = story(plain, [bad(0)], 0);
  const off = { ...plain, enabled: false };
  expect(follow(off, state, bad(5), at(5))).toMatchObject([{ act: "resolve", next: null }]);
  expect(follow(off, null, bad(5), at(5))).toMatchObject([{ act: "none", next: null }]);
});

test("time in which we were blind counts for nothing", () => {
  const timing = { ...plain, forMs: 300_000 };
  const { state } = story(timing, [bad(0)], 0);
  const blind = { from: at(60), to: at(3_660) };
  const later = state && afterBlindness(state, blind, 15_000);
  expect(later?.dueAt).toEqual(at(300 + 3_600 + 15));
  expect(follow(timing, later ?? null, null, at(3_900))).toEqual([]);
  expect(follow(timing, later ?? null, good(3_700), at(3_700))).toMatchObject([{ act: "calm" }]);
  const counting = story(counted, [bad(0), bad(10), bad(50)], 50).state;
  const kept = counting && afterBlindness(counting, { from: at(55), to: at(1_055) }, 15_000);
  expect(follow(counted, kept ?? null, null, at(1_074))).toEqual([]);
  expect(follow(counted, kept ?? null, null, at(1_075))).toMatchObject([{ act: "resolve" }]);
});

test("what was counted ends in words that say what it was, and for how long there was none", () => {
  const log = { kind: "log", pattern: "panic", regex: false, level: "error" } as const;
  const ends = (condition: Timing["condition"], seens: Seen[]) =>
    story({ ...plain, condition }, seens, 1_000).reasons.at(-1);
  const once = [bad(0)];
  expect(ends({ ...log, count: 1, windowMs: 300_000 }, once)).toBe("No such line for 5 min");
  expect(ends(counted.condition, [bad(0), bad(1), bad(2)])).toBe("Fewer than 3 restarts in 1 min");
});
