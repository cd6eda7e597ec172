import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import type { AlertPolicy } from "@/contracts/watch/policy";
import { alerts } from "@/db/schema";
import { defaultPolicy } from "@/domain/watch/telling";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx } from "@/testing/ground";
import { policyOf, TellingStage } from "@/testing/telling";
import { listAlerts } from "../find";
import { listInhibited } from "../list-inhibited";
import { storyOfAlert } from ".";

const second = 1_000;
const minute = 60 * second;
let clock: FakeClock;
let stage: TellingStage;
afterEach(() => stage.close());

async function open(policy: AlertPolicy, channelIds?: string[]) {
  clock = fakeClock("2026-11-20T10:00:00Z");
  stage = await TellingStage.open(clock, policy, channelIds);
  await stage.pass(second);
}
const viewer = () => personCtx(stage.ground, "viewer");
/** "10:00:31 firing ops": what the story says is next, soonest first. */
async function next(id: string): Promise<string[]> {
  const said = (await storyOfAlert(viewer(), id)).next.map((one) =>
    one.kind === "held"
      ? `${one.stage} until ${one.until?.slice(11, 19) ?? "?"}: ${one.channels.join(", ")}`
      : `${one.at.slice(11, 19)} ${one.event} ${one.channels.join(", ")}`,
  );
  return said.sort();
}

test("what a story says is next is what then happens: told, escalated, repeated, until somebody takes it", async () => {
  const escalation = [{ afterMs: 5 * minute, channelIds: ["boss"] }];
  await open(policyOf({ channelIds: ["ops"], repeatMs: 10 * minute, escalation }), ["ops", "boss"]);
  await stage.fire({ id: "a" });
  await stage.pass(second);
  expect(await next("a")).toEqual(["10:00:31 firing ops"]);
  await stage.pass(minute);
  expect(await next("a")).toEqual(["10:05:31 escalation boss", "10:10:31 repeat ops"]);
  await stage.pass(5 * minute);
  expect(await next("a")).toEqual(["10:10:31 repeat ops"]);
  await stage.pass(5 * minute);
  expect(await stage.lines()).toEqual([
    "10:00:31 ops firing +a",
    "10:05:31 boss escalation +a",
    "10:10:31 ops repeat =a",
  ]);
  await stage.ground.db.orm.update(alerts).set({ acknowledgedAt: clock.now() }).where(eq(alerts.id, "a"));
  expect(await next("a")).toEqual([]);
  await stage.resolve("a");
  expect(await next("a")).toEqual([]);
});

test("what holds it is said with its end, and an alert that another one speaks for is listed", async () => {
  await open(defaultPolicy);
  const critical = { severity: "critical" } as const;
  const all = { id: "all", kind: "outage", subjectKind: "fleet", ruleName: "Outage", ...critical } as const;
  await stage.fire(all, { id: "a", ...critical }, { id: "late" });
  await stage.pass(minute);
  expect(await next("a")).toEqual(["inhibit until ?: ops"]);
  expect(await listInhibited(viewer())).toEqual([
    {
      by: "An outage speaks for its agents",
      source: "all: Outage",
      until: null,
      matching: 2,
      fits: expect.arrayContaining(["a", "late"]),
    },
  ]);
  await stage.resolve("all");
  await stage.pass(second);
  expect(await listInhibited(viewer()), "who may come back").toMatchObject([
    { source: "all: Outage", until: new Date(clock.nowMs() + 14 * second).toISOString(), matching: 2 },
  ]);
  await stage.pass(minute);
  expect(await listInhibited(viewer())).toEqual([]);
  const snoozedUntil = new Date(clock.nowMs() + 30 * minute);
  await stage.ground.db.orm.update(alerts).set({ snoozedUntil, snoozedBy: "Mira" }).where(eq(alerts.id, "a"));
  expect(await next("a")).toEqual([`snooze until ${snoozedUntil.toISOString().slice(11, 19)}: `]);
});

test("while it recovers nobody is told, and the story says that of this alert alone", async () => {
  await open(policyOf({ channelIds: ["ops"] }));
  await stage.fire({ id: "a" }, { id: "b" });
  await stage.recover("a");
  await stage.pass(second);
  expect(await next("a")).toEqual(["recovery until ?: ops"]);
  expect(await next("b")).toEqual(["10:00:31 firing ops"]);
  await stage.pass(minute);
  expect(await stage.lines()).toEqual(["10:00:31 ops firing +b"]);
  expect(await next("a")).toEqual(["recovery until ?: ops"]);
  await stage.relapse("a");
  expect(await next("a")).toEqual(["10:05:31 firing ops"]);
  await stage.pass(5 * minute);
  expect((await stage.lines()).slice(1)).toEqual(["10:05:31 ops firing +a"]);
});

test("what would come in quiet hours or planned work is said to come after them", async () => {
  const quiet = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "10:10", to: "10:20", zone: "UTC" }];
  const escalation = [{ afterMs: 5 * minute, channelIds: ["boss"] }];
  await open(policyOf({ channelIds: ["ops"], repeatMs: 10 * minute, quiet, escalation }), ["ops", "boss"]);
  await stage.fire({ id: "a" });
  await stage.pass(minute);
  expect(await next("a")).toEqual(["10:05:31 escalation boss", "10:20:00 repeat ops"]);
  await stage.pass(20 * minute);
  expect((await stage.lines()).slice(1)).toEqual(["10:05:31 boss escalation +a", "10:20:00 ops repeat =a"]);
});

test("whom a channel was told of is not called muted when another one begins to speak for it", async () => {
  await open(defaultPolicy);
  const critical = { severity: "critical" } as const;
  await stage.fire({ id: "told", ...critical });
  await stage.pass(second);
  await stage.fire({ id: "all", kind: "outage", subjectKind: "fleet", ruleName: "Outage", ...critical });
  await stage.fire({ id: "muted", ...critical });
  await stage.pass(second);
  expect(await listInhibited(viewer())).toMatchObject([{ source: "all: Outage", fits: ["muted"] }]);
  const found = async (muted: boolean) =>
    (await listAlerts(viewer(), { limit: 10, muted })).items.map(({ id }) => id).sort();
  expect(await found(true)).toEqual(["muted"]);
  expect(await found(false)).toEqual(["all", "told"]);
});
