import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import type { AlertPolicy } from "@/contracts/watch/policy";
import { alertGroups, alerts, channels, groupAlerts, rules, silences } from "@/db/schema";
import { mainAccount } from "@/domain/kernel";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { branch, policyOf, TellingStage } from "@/testing/telling";
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
const told = async () =>
  (await stage.told()).map(({ at, channel, event, firing, resolved, still }) =>
    [
      at.slice(6),
      channel,
      event,
      ...firing.map((id) => `+${id}`),
      ...still.map((id) => `=${id}`),
      ...resolved.map((id) => `-${id}`),
    ].join(" "),
  );

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

test("an outage speaks for its agents; who outlives it is told when it ends", async () => {
  await open(defaultPolicy);
  await stage.fire(
    { id: "all", kind: "outage", subjectKind: "fleet", severity: "critical", ruleName: "Outage" },
    { id: "a", severity: "critical" },
    { id: "b", severity: "critical" },
  );
  await stage.pass(10 * minute);
  expect(await told()).toEqual(["10:00:01 ops firing +all"]);
  expect((await stage.steps("a")).at(-1)).toBe(
    "inhibit held: Muted by “An outage speaks for its agents” while all: Outage fires",
  );
  await stage.resolve("a");
  await stage.pass(minute);
  await stage.resolve("all");
  await stage.pass(minute);
  expect(await told()).toEqual([
    "10:00:01 ops firing +all",
    "10:11:01 ops resolved -all",
    "10:11:01 ops firing +b",
  ]);
});

test("a host that is down speaks for the agents on it alone", async () => {
  await open(defaultPolicy);
  const critical = { severity: "critical" } as const;
  await stage.fire(
    { id: "h", kind: "host-down", subjectKind: "host", host: "web-1", ruleName: "Host", ...critical },
    { id: "on", host: "web-1", ...critical },
    { id: "off", host: "web-2", ...critical },
  );
  await stage.pass(minute);
  expect((await told()).sort()).toEqual(["10:00:01 ops firing +h", "10:00:01 ops firing +off"].sort());
});

async function silence(endsAt: Date | null, over: Partial<typeof silences.$inferInsert> = {}) {
  const now = clock.now();
  await stage.ground.db.orm.insert(silences).values({
    id: "sil_1",
    accountId: mainAccount,
    kind: "silence",
    matchers: [{ label: "agent", op: "=", value: "a" }],
    reason: "deploy",
    createdBy: { kind: "user", id: "u", name: "Anna" },
    createdAt: now,
    startsAt: now,
    endsAt,
    ...over,
  });
}

test("a silence holds the beginning and the end; both are told when it ends, if they still are news", async () => {
  await open();
  await stage.fire({ id: "b" });
  await stage.pass(minute);
  await silence(new Date(clock.nowMs() + hour));
  await stage.fire({ id: "a" });
  await stage.pass(30 * minute);
  expect(await told()).toEqual(["10:00:31 ops firing +b"]);
  expect(await stage.steps("a")).toContain("silence held: Silenced by Anna: deploy");
  await stage.pass(hour);
  expect((await told()).at(-1)).toBe("11:01:01 ops firing +a");
  const later = { id: "sil_2", endsAt: new Date(clock.nowMs() + hour) };
  await silence(null, later);
  await stage.resolve("a", "b");
  await stage.pass(30 * minute);
  expect((await told()).at(-1)).toBe("11:31:31 ops resolved -b");
  await stage.ground.db.orm.update(silences).set({ endedAt: clock.now() }).where(eq(silences.id, "sil_2"));
  await stage.say("silence.ended", { kind: "silence", id: "sil_2", name: "" }, {});
  await stage.pass(minute);
  expect((await told()).at(-1)).toBe("12:01:01 ops resolved -a");
});

test("a snooze holds until it ends or is taken back", async () => {
  await open();
  const until = new Date(clock.nowMs() + 2 * hour);
  await stage.fire({ id: "a", snoozedUntil: until, snoozedBy: "Anna" }, { id: "b", snoozedUntil: until });
  await stage.pass(hour);
  expect(await told()).toEqual([]);
  await stage.ground.db.orm.update(alerts).set({ snoozedUntil: null }).where(eq(alerts.id, "b"));
  await stage.say("alert.snoozed", { kind: "alert", id: "b", name: "b" }, { snoozedUntil: null });
  await stage.pass(2 * hour);
  expect(await told()).toEqual(["11:00:01 ops firing +b", "12:00:01 ops firing +a"]);
  expect(await stage.steps("a")).toContain("snooze held: Snoozed by Anna");
});

test("quiet hours end by the clock on the wall, also in the night in which it changes", async () => {
  const quiet = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "22:00", to: "06:00", zone: "Europe/Berlin" }];
  await open(policyOf({ quiet }), ["ops"], "2026-10-24T21:00:00Z");
  await stage.fire({ id: "a" });
  await stage.pass(12 * hour);
  expect(await told()).toEqual(["05:00:00 ops firing +a", "09:00:00 ops repeat =a"]);
  await stage.pass(13 * hour);
  await stage.resolve("a");
  await stage.pass(12 * hour);
  expect((await stage.told()).at(-1)).toMatchObject({ at: "10-26 05:00:00", event: "resolved" });
});

test("quiet hours of a rule hold its own alerts only", async () => {
  await open();
  const quiet = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "12:00", zone: "UTC" }];
  await stage.addRule("rul_quiet", { quiet });
  await stage.fire({ id: "a", ruleId: "rul_quiet" }, { id: "b" });
  await stage.pass(3 * hour);
  expect(await told()).toEqual(["10:00:31 ops firing +b", "12:00:00 ops firing +a"]);
});

test("an escalation goes by steps until somebody acknowledges, and its channel hears of the end", async () => {
  const escalation = [
    { afterMs: 10 * minute, channelIds: ["boss"] },
    { afterMs: 30 * minute, channelIds: ["ops", "chief"] },
  ];
  await open(policyOf({ channelIds: ["ops"], escalation }), ["ops", "boss", "chief"]);
  await stage.fire({ id: "a" }, { id: "b" });
  await stage.pass(20 * minute);
  expect(await told()).toEqual(["10:00:31 ops firing +a +b", "10:10:31 boss escalation +a +b"]);
  await stage.ground.db.orm
    .update(alerts)
    .set({ acknowledgedAt: clock.now(), acknowledgedBy: "Anna" })
    .where(eq(alerts.id, "b"));
  await stage.pass(9 * hour);
  expect((await told()).slice(2)).toEqual([
    "10:30:31 ops escalation =a",
    "10:30:31 chief escalation +a",
    "14:30:31 ops repeat =a",
    "18:30:31 ops repeat =a",
  ]);
  await stage.resolve("a", "b");
  await stage.pass(hour);
  expect((await told()).slice(6).sort()).toEqual([
    "19:20:31 boss resolved -a -b",
    "19:20:31 chief resolved -a",
    "19:20:31 ops resolved -a -b",
  ]);
  expect((await stage.ground.db.orm.select().from(alertGroups))[0]?.escalatedSteps).toBe(2);
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

test("a rule that names channels is told there and nowhere else; a route goes on where it says so", async () => {
  const routes = [
    branch({
      id: "db",
      matchers: [{ label: "group", op: "=", value: "db" }],
      channelIds: ["dba"],
      continue: true,
    }),
    branch({ id: "rest" }),
  ];
  await open(policyOf({ channelIds: ["ops"], routes }), ["ops", "dba", "own"]);
  await stage.addRule("rul_own", { channelIds: ["own"] });
  await stage.fire({ id: "a", group: "db" }, { id: "b", ruleId: "rul_own", group: "db" }, { id: "c" });
  await stage.pass(minute);
  expect((await told()).sort()).toEqual([
    "10:00:31 dba firing +a",
    "10:00:31 ops firing +a +c",
    "10:00:31 own firing +b",
  ]);
  await stage.resolve("a", "b", "c");
  await stage.pass(minute);
  expect((await told()).slice(3).sort()).toEqual([
    "10:01:31 dba resolved -a",
    "10:01:31 ops resolved -a -c",
    "10:01:31 own resolved -b",
  ]);
});

test("two routes to one channel tell it once", async () => {
  const routes = [branch({ id: "one", continue: true }), branch({ id: "two" })];
  await open(policyOf({ routes }));
  await stage.fire({ id: "a" });
  await stage.pass(minute);
  await stage.resolve("a");
  await stage.pass(10 * minute);
  expect(await told()).toEqual(["10:00:31 ops firing +a", "10:01:31 ops resolved -a"]);
  expect((await stage.steps("a")).filter((step) => step.startsWith("dedup"))).toEqual([
    "deduplicate dropped: ops heard of it by another route",
  ]);
});

test("a changed policy moves what fires: the new channel hears of it, the old one of its end", async () => {
  await open(policyOf({ channelIds: ["ops"] }), ["ops", "dba"]);
  await stage.fire({ id: "a" });
  await stage.pass(minute);
  const routes = [branch({ id: "db", channelIds: ["dba"] })];
  await stage.setPolicy(policyOf({ channelIds: ["ops"], routes }));
  await stage.pass(5 * hour);
  await stage.resolve("a");
  await stage.pass(hour);
  expect(await told()).toEqual([
    "10:00:31 ops firing +a",
    "10:01:31 dba firing +a",
    "14:01:31 dba repeat =a",
    "15:01:31 ops resolved -a",
    "15:01:31 dba resolved -a",
  ]);
  expect(await stage.ground.db.orm.select().from(groupAlerts)).toEqual([]);
});

test("a channel that is switched off drops out; switched on again it hears of what still fires", async () => {
  await open(policyOf(), ["ops", "dba"]);
  const turn = async (enabled: boolean) => {
    await stage.ground.db.orm.update(channels).set({ enabled }).where(eq(channels.id, "dba"));
    await stage.say("channel.changed", { kind: "channel", id: "dba", name: "dba" }, { enabled });
  };
  await turn(false);
  await stage.fire({ id: "a" }, { id: "b" });
  await stage.pass(10 * minute);
  await turn(true);
  await stage.pass(10 * minute);
  await turn(false);
  await stage.resolve("a", "b");
  await stage.pass(10 * minute);
  expect(await told()).toEqual([
    "10:00:31 ops firing +a +b",
    "10:10:01 dba firing +a +b",
    "10:20:31 ops resolved -a -b",
  ]);
  expect(await stage.ground.db.orm.select().from(groupAlerts)).toEqual([]);
});

test("a rule's channels that change move what it fired", async () => {
  await open(policyOf({ channelIds: ["ops"] }), ["ops", "own"]);
  await stage.fire({ id: "a" });
  await stage.pass(minute);
  const [row] = await stage.ground.db.orm.select().from(rules);
  if (!row) throw new Error("the rule is there");
  await stage.ground.db.orm.update(rules).set({ draft: { ...row.draft, channelIds: ["own"] } });
  await stage.say("rule.changed", { kind: "rule", id: "rul_any", name: "" }, { channelIds: ["own"] });
  await stage.pass(minute);
  expect(await told()).toEqual(["10:00:31 ops firing +a", "10:01:31 own firing +a"]);
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
}, 60_000);
