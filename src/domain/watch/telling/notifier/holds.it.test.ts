import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import type { AlertPolicy } from "@/contracts/watch/policy";
import { alertGroups, alerts, silences } from "@/db/schema";
import { mainAccount } from "@/domain/kernel";
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

test("an outage speaks for its agents; who does not come back with the others is told", async () => {
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
    "10:11:16 ops firing +b",
  ]);
});

test("an outage that recovers speaks for nobody any more, although its own telling is held", async () => {
  await open(policyOf({}, defaultPolicy.inhibitions));
  const all = { id: "all", kind: "outage", subjectKind: "fleet", ruleName: "Outage" } as const;
  await stage.fire(all, { id: "a" }, { id: "b" });
  await stage.pass(20 * second);
  await stage.recover("all");
  await stage.pass(minute);
  expect(await told(), "who is not back 15 s later").toEqual(["10:00:36 ops firing +a +b"]);
  await stage.fire({ id: "c" });
  await stage.relapse("all");
  await stage.pass(10 * minute);
  expect((await told()).slice(1), "c is muted again").toEqual(["10:01:21 ops firing +all"]);
});

test("the end of an outage waits for those of its group that may still come back", async () => {
  await open(policyOf({ groupBy: ["host"], waitMs: 0 }, defaultPolicy.inhibitions));
  const host = { id: "h", kind: "host-down", subjectKind: "host", host: "web-1", ruleName: "Host" } as const;
  await stage.fire(host, { id: "a", host: "web-1" }, { id: "b", host: "web-1" });
  await stage.pass(10 * minute);
  await stage.resolve("h");
  await stage.pass(second);
  await stage.resolve("a");
  await stage.pass(10 * minute);
  expect(await told()).toEqual(["10:00:01 ops firing +h", "10:10:16 ops firing +b -h"]);
});

test("whose trouble began before the end of an outage has its seconds, although its alert fires after it", async () => {
  await open(defaultPolicy);
  const critical = { severity: "critical" } as const;
  const all = { id: "all", kind: "outage", subjectKind: "fleet", ruleName: "Outage", ...critical } as const;
  await stage.fire(all);
  await stage.pass(minute);
  const since = new Date(clock.nowMs() - 8 * second);
  await stage.resolve("all");
  await stage.pass(2 * second);
  await stage.fire({ id: "late", since, ...critical }, { id: "new", ...critical });
  await stage.pass(4 * second);
  await stage.resolve("late");
  await stage.pass(minute);
  const lines = await told();
  expect(lines.filter((line) => line.includes("late"))).toEqual([]);
  expect(lines[2]).toMatch(/ ops firing \+new/);
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

const qa = { scope: { kind: "tag", tag: "qa" }, except: [{ kind: "group", group: "lab" }] } as const;

test("an outage of some agents mutes those alone, whatever else falls", async () => {
  await open(defaultPolicy);
  await stage.addRule("rul_qa", {
    ...{ ...qa, except: [...qa.except] },
    condition: { kind: "outage", percent: 50, atLeast: 2 },
  });
  await stage.addRule("rul_hosts", { condition: { kind: "host-down", atLeast: 2 } });
  const critical = { severity: "critical" } as const;
  await stage.fire(
    { id: "outage", kind: "outage", subjectKind: "fleet", ruleId: "rul_qa", ...critical },
    { id: "qa-a", agentId: "agt_a", tags: ["qa"], ...critical },
  );
  await stage.pass(minute);
  await stage.fire(
    { id: "qa-b", agentId: "agt_b", tags: ["eu", "qa"], ...critical },
    { id: "nightly-export", agentId: "agt_n", group: "cron-workers", ruleName: "Cron", ...critical },
    { id: "qa-lab", agentId: "agt_l", group: "lab", tags: ["qa"], ruleName: "Lab", ...critical },
    {
      ...{ id: "web-1", kind: "host-down", subjectKind: "host", host: "web-1", ...critical },
      ...{ ruleId: "rul_hosts", ruleName: "Host" },
    },
  );
  await stage.pass(10 * minute);
  expect((await told()).sort()).toEqual([
    "10:00:01 ops firing +outage",
    "10:01:01 ops firing +nightly-export",
    "10:01:01 ops firing +qa-lab",
    "10:01:01 ops firing +web-1",
  ]);
  expect(await stage.steps("qa-b")).toContain(
    "inhibit held: Muted by “An outage speaks for its agents” while outage: Offline fires",
  );
});

test("a host of which a rule watches some agents only mutes those", async () => {
  await open(defaultPolicy);
  const condition = { kind: "host-down", atLeast: 2 } as const;
  await stage.addRule("rul_qa_host", { scope: qa.scope, condition });
  const on = { host: "web-1", severity: "critical" } as const;
  await stage.fire(
    { id: "host", kind: "host-down", subjectKind: "host", ruleId: "rul_qa_host", ruleName: "Host", ...on },
    { id: "qa-a", agentId: "agt_a", tags: ["qa"], ...on },
    { id: "other", agentId: "agt_o", ...on },
  );
  await stage.pass(minute);
  expect((await told()).sort()).toEqual(["10:00:01 ops firing +host", "10:00:01 ops firing +other"]);
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
