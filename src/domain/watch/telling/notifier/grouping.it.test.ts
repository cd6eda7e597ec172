import { afterEach, expect, test } from "vitest";
import type { AlertPolicy } from "@/contracts/watch/policy";
import { alertGroups, alerts, groupAlerts } from "@/db/schema";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { policyOf, TellingStage } from "@/testing/telling";
import { defaultPolicy } from "../policy/default-policy";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

let clock: FakeClock;
let stage: TellingStage;
afterEach(() => stage.close());

async function open(policy: AlertPolicy = policyOf(), channelIds?: string[], from = "2026-11-20T10:00:00Z") {
  clock = fakeClock(from);
  stage = await TellingStage.open(clock, policy, channelIds);
  await stage.pass(second);
}
const told = () => stage.lines();

test("a group gathers 30 s, gives news every 5 min, repeats after 4 h, and its all-clear waits 30 s", async () => {
  await open();
  await stage.fire({ id: "a" });
  await stage.pass(20 * second);
  await stage.fire({ id: "b" });
  await stage.pass(20 * second);
  expect(await told()).toEqual(["10:00:31 ops firing +a +b"]);
  await stage.fire({ id: "c" });
  await stage.resolve("a");
  await stage.pass(10 * minute);
  await stage.pass(4 * hour);
  await stage.resolve("b", "c");
  await stage.pass(hour);
  expect(await told()).toEqual([
    "10:00:31 ops firing +a +b",
    "10:05:31 ops firing +c -a",
    "14:05:31 ops repeat =b =c",
    "14:11:11 ops resolved -b -c",
  ]);
  expect(await stage.ground.db.orm.select().from(groupAlerts)).toEqual([]);
  expect(await stage.ground.db.orm.select().from(alertGroups)).toMatchObject([
    { closedAt: expect.any(Date) },
  ]);
});

test("a single title, many of one rule, several rules", async () => {
  await open();
  await stage.fire({ id: "cron-7" });
  await stage.pass(minute);
  await stage.fire({ id: "cron-8" }, { id: "cron-9" }, { id: "cron-10", severity: "critical" });
  await stage.pass(10 * minute);
  expect((await stage.told()).map(({ title }) => title)).toEqual([
    "cron-7: Offline",
    "cron-10 and 2 others: Offline",
  ]);
});

test("what is critical is told in the transaction that takes the fact, then at most every 30 s", async () => {
  await open(defaultPolicy);
  await stage.fire({ id: "a", severity: "critical" });
  await stage.turn();
  expect(await told()).toEqual(["10:00:01 ops firing +a"]);
  clock.setWall(new Date(clock.nowMs() + 10 * second));
  await stage.fire({ id: "b", severity: "critical" });
  await stage.pass(minute);
  expect(await told()).toEqual(["10:00:01 ops firing +a", "10:00:31 ops firing +b"]);
  expect(await stage.steps("b")).toEqual([
    "route passed: By the route Critical",
    "group held: Waits for others of the same rule, to go in one message",
    "outbox passed: Told ops",
  ]);
});

test("one that is over before the group has gathered is told to nobody, and its story says so", async () => {
  await open();
  await stage.fire({ id: "a" });
  await stage.pass(10 * second);
  await stage.resolve("a");
  await stage.pass(hour);
  expect(await told()).toEqual([]);
  expect((await stage.steps("a")).at(-1)).toBe("outbox dropped: It was over before anybody was told");
});

test("repeats go on for a week, every 4 h, and end with an acknowledgement", async () => {
  await open();
  await stage.fire({ id: "a" });
  await stage.pass(7 * 24 * hour);
  expect(await told()).toHaveLength(1 + 41);
  await stage.ground.db.orm.update(alerts).set({ acknowledgedAt: clock.now() });
  await stage.pass(24 * hour);
  expect(await told()).toHaveLength(1 + 41);
  expect(await stage.steps("a")).toHaveLength(4);
});

test("the end waits for the beginning to arrive; where that was given up, there is no end", async () => {
  await open(policyOf(), ["ops", "broken", "slow"]);
  await stage.fire({ id: "a" });
  await stage.turn();
  clock.setWall(new Date(clock.nowMs() + 30 * second));
  await stage.turn();
  await stage.deliver("delivered", "ops");
  await stage.deliver("dead", "broken");
  await stage.resolve("a");
  await stage.turn();
  for (let round = 0; round < 10; round++) {
    clock.setWall(new Date(clock.nowMs() + minute));
    await stage.turn();
    await stage.deliver("delivered", "ops");
  }
  expect((await told()).slice(3)).toEqual(["10:01:31 ops resolved -a"]);
  await stage.deliver("delivered", "slow");
  await stage.turn();
  await stage.pass(minute);
  expect((await told()).slice(3)).toEqual(["10:01:31 ops resolved -a", "10:10:31 slow resolved -a"]);
  expect(await stage.ground.db.orm.select().from(alertGroups)).toMatchObject([
    { closedAt: expect.any(Date) },
  ]);
});

test("after a restart nothing is told again, and what was planned is told", async () => {
  await open();
  await stage.fire({ id: "a" });
  await stage.pass(minute);
  await stage.fire({ id: "b" });
  await stage.turn();
  await stage.restart();
  await stage.pass(10 * minute);
  await stage.restart();
  await stage.pass(minute);
  expect(await told()).toEqual(["10:00:31 ops firing +a", "10:05:31 ops firing +b"]);
});

test("ten thousand alerts make one message a channel, and one when they end", async () => {
  await open(defaultPolicy, ["ops", "dba"]);
  const ids = Array.from({ length: 10_000 }, (_, index) => `cron-${index}`);
  await stage.fire(...ids.map((id) => ({ id })));
  const startedAt = performance.now();
  await stage.turn();
  const joinedMs = performance.now() - startedAt;
  clock.setWall(new Date(clock.nowMs() + 30 * second));
  await stage.turn();
  const toldMs = performance.now() - startedAt - joinedMs;
  const lines = await stage.told();
  expect(lines.map(({ channel, title, firing }) => [channel, title, firing.length])).toEqual([
    ["ops", "cron-0 and 9,999 others: Offline", 10_000],
    ["dba", "cron-0 and 9,999 others: Offline", 10_000],
  ]);
  await stage.pass(second);
  await stage.resolve(...ids);
  await stage.pass(minute);
  expect((await stage.told()).slice(2).map(({ event, resolved }) => [event, resolved.length])).toEqual([
    ["resolved", 10_000],
    ["resolved", 10_000],
  ]);
  expect(await stage.ground.db.orm.$count(groupAlerts)).toBe(0);
  process.stdout.write(
    `10,000 alerts joined in ${joinedMs.toFixed(0)} ms, told in ${toldMs.toFixed(0)} ms\n`,
  );
}, 240_000);
