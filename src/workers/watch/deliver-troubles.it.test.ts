import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  ensureInboxes,
  getChannel,
  testChannel,
} from "@/domain/watch/channels";
import { watchHealth } from "@/domain/watch/dead-man";
import { usualLimits } from "@/domain/watch/dead-man/why-held";
import { listInbox } from "@/domain/watch/inbox";
import { getNotification, listNotifications, retryNotification } from "@/domain/watch/notifications";
import { anyAddress } from "@/testing/any-address";
import { deliveryStage, wordOf } from "@/testing/delivery-stage";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { tellOffline } from "@/testing/outbox";
import type { TeamsBehaviour } from "@/testing/teams-server";
import { notificationRows } from "@/testing/watch";

const stage = deliveryStage();

const failed =
  "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId x";
const troubles: [string, TeamsBehaviour[], number][] = [
  ["answers 500", [{ kind: "answer", status: 500, body: "boom" }], 2],
  ["answers 429", [{ kind: "answer", status: 429, headers: { "retry-after": "1" } }], 2],
  ["hangs", [{ kind: "hang" }], 2],
  ["resets", [{ kind: "reset" }, { kind: "reset" }], 3],
  ["says 200 and means 429", [{ kind: "answer", status: 200, body: failed, fails: true }], 2],
  ["drips", [{ kind: "drip", everyMs: 30 }], 1],
  ["is an old connector", [{ kind: "answer", status: 200, body: "1" }], 1],
];
for (const [name, behaviours, requests] of troubles) {
  test(`a webhook that ${name} gets the message, exactly once`, async () => {
    await stage.service.script(stage.path, behaviours);
    const channel = await stage.addChannel();
    stage.deliver();
    await tellOffline(stage.ground, [channel.id], ["agt_a"]);
    const [row] = await stage.settled(1);
    expect(row).toMatchObject({ state: "delivered", attempts: requests });
    expect(await stage.takenAt()).toHaveLength(1);
    expect(await stage.service.received(stage.path)).toHaveLength(requests);
    expect((await getNotification(stage.admin(), row?.id ?? "")).tries).toHaveLength(requests);
    expect(await stage.channelNow()).toMatchObject({ failuresInRow: 0, brokenUntil: null });
  });
}

test("Retry-After is kept in both forms", async () => {
  const date = new Date(Date.now() + 3_000).toUTCString();
  await stage.service.script(stage.path, [
    { kind: "answer", status: 429, headers: { "retry-after": "1" } },
    { kind: "answer", status: 429, headers: { "retry-after": date } },
  ]);
  const channel = await stage.addChannel();
  stage.deliver();
  await tellOffline(stage.ground, [channel.id], ["agt_a"]);
  await stage.settled(1);
  const [first, second, third] = await stage.service.received(stage.path);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect(third?.at).toBeGreaterThanOrEqual(Date.parse(date));
});

test("an inbox whose settings no longer open still tells whoever reads it", async () => {
  await ensureInboxes(stage.ground);
  await stage.ground.db.sql`update channels set sealed_config = 'of another secret'`;
  stage.deliver();
  await tellOffline(stage.ground, ["chn_inbox_acc_main"], ["agt_a"]);
  await stage.settled(1);
  const { items } = await listInbox(personCtx(stage.ground, "viewer"), { limit: 5 });
  expect(items).toHaveLength(1);
});

test("while nobody listens both messages wait, and then come in order", async () => {
  await stage.service.refuse();
  const channel = await stage.addChannel();
  stage.deliver();
  const trouble = await tellOffline(stage.ground, [channel.id], ["agt_a"]);
  await eventually(async () => ((await notificationRows(stage.ground))[0]?.attempts ?? 0) >= 2);
  await trouble.comeBack();
  await stage.service.accept();
  await stage.settled(2);
  expect((await stage.takenAt()).map((one) => wordOf(one.body))).toEqual(["Offline", "Resolved"]);
});

test("five failures in a row open the breaker, which costs no message and closes with a test that arrives", async () => {
  await stage.service.script(stage.path, [], { kind: "answer", status: 503 });
  const channel = await stage.addChannel();
  stage.deliver();
  await tellOffline(stage.ground, [channel.id], ["agt_a", "agt_b"]);
  const broken = await eventually(async () => {
    const now = await stage.channelNow();
    return now?.brokenUntil ? now : null;
  });
  expect(broken.failuresInRow).toBe(5);
  expect(broken.brokenUntil?.getTime() ?? 0).toBeGreaterThan(Date.now() + 20_000);
  expect(await stage.service.received(stage.path)).toHaveLength(5);
  // Half open: one message is tried, and the next rest is twice as long.
  await stage.ground.db.orm.execute(sql`update channels set broken_until = now()`);
  await stage.ground.db.orm.execute(sql`update notifications set next_attempt_at = now()`);
  stage.ground.bus.publish("nudge.notifications", null);
  const again = await eventually(async () => {
    const now = await stage.channelNow();
    return now?.failuresInRow === 6 ? now : null;
  });
  expect(again.brokenUntil?.getTime() ?? 0).toBeGreaterThan(Date.now() + 50_000);
  expect(await stage.service.received(stage.path)).toHaveLength(6);
  // Also in the moment in which it may be tried again, nobody is told that all is well.
  await stage.ground.db.orm.execute(sql`update channels set broken_until = now() - interval '1 second'`);
  expect((await watchHealth(stage.admin(), usualLimits)).broken).toEqual(["Ops"]);
  await stage.ground.db.orm.execute(sql`update channels set broken_until = now() + interval '15 minutes'`);
  await stage.service.script(stage.path, [], { kind: "answer", status: 202 });
  expect(await testChannel(stage.admin(), stage.outside(), channel.id)).toMatchObject({ delivered: true });
  await stage.settled(2);
  expect((await watchHealth(stage.admin(), usualLimits)).broken).toEqual([]);
  expect(await getChannel(stage.admin(), channel.id)).toMatchObject({ lastFailure: null });
  expect(await stage.channelNow()).toMatchObject({ failuresInRow: 0, brokenUntil: null });
  expect((await stage.takenAt()).map((one) => wordOf(one.body)).sort()).toEqual([
    "Offline",
    "Offline",
    "Test",
  ]);
});

test("a webhook that is gone is given up in clear words; sent again by hand it arrives, and then its resolve", async () => {
  const gone = { kind: "answer" as const, status: 404 };
  await stage.service.script(stage.path, [gone, gone, gone]);
  const channel = await stage.addChannel();
  stage.deliver();
  const trouble = await tellOffline(stage.ground, [channel.id], ["agt_a"]);
  const [dead] = await stage.settled(1);
  expect(dead).toMatchObject({ state: "dead", attempts: 3, lastStatus: 404 });
  expect(dead?.lastAnswer).toContain("does not exist any more");
  // Long before the breaker opens: nothing arrives there any more.
  expect((await watchHealth(stage.admin(), usualLimits)).broken).toEqual(["Ops"]);
  await retryNotification(stage.admin(), dead?.id ?? "");
  await eventually(async () => (await stage.takenAt()).length === 1);
  await stage.settled(1);
  await trouble.comeBack();
  await stage.settled(2);
  expect((await stage.takenAt()).map((one) => wordOf(one.body))).toEqual(["Offline", "Resolved"]);
  await expect(retryNotification(stage.admin(), dead?.id ?? "")).rejects.toThrow(/arrived/);
  expect((await listNotifications(stage.admin(), { limit: 1 })).nextCursor).not.toBeNull();
});

test("what a channel did not take before it took something is no trouble of now", async () => {
  const gone = { kind: "answer" as const, status: 404 };
  await stage.service.script(stage.path, [gone, gone, gone]);
  const channel = await stage.addChannel();
  stage.deliver();
  await tellOffline(stage.ground, [channel.id], ["agt_a"]);
  await stage.settled(1);
  await tellOffline(stage.ground, [channel.id], ["agt_b"]);
  await stage.settled(2);
  await stage.ground.db.sql`update channels set failures_in_row = 1`;
  expect((await watchHealth(stage.admin(), usualLimits)).broken).toEqual([]);
  await stage.ground.db.sql`update notifications set delivered_at = null`;
  expect((await watchHealth(stage.admin(), usualLimits)).broken).toEqual(["Ops"]);
});

test("nothing goes to a channel that was switched off or deleted", async () => {
  const off = await stage.addChannel("off", `${stage.path}-off`);
  const deleted = await stage.addChannel("deleted", `${stage.path}-deleted`);
  await tellOffline(stage.ground, [off.id, deleted.id], ["agt_a"]);
  await changeChannel(stage.admin(), anyAddress, { id: off.id, enabled: false });
  await deleteChannel(stage.admin(), deleted.id);
  stage.deliver();
  const rows = await stage.settled(2);
  expect(rows.map(({ state }) => state)).toEqual(["dead", "dead"]);
  expect([
    ...(await stage.service.received(`${stage.path}-off`)),
    ...(await stage.service.received(`${stage.path}-deleted`)),
  ]).toEqual([]);
});

test("private addresses are refused, in the outbox and in the test", async () => {
  const channel = await stage.addChannel();
  stage.deliver([]);
  await tellOffline(stage.ground, [channel.id], ["agt_a"]);
  const [row] = await stage.settled(1);
  expect(row).toMatchObject({ state: "dead", lastStatus: 0 });
  expect(row?.lastAnswer).toContain("MC_OUTBOUND_ALLOW");
  const answer = await testChannel(stage.admin(), stage.outside([]), channel.id);
  expect(answer).toMatchObject({ delivered: false, left: false, status: 0, attempts: 1 });
  expect(await stage.service.received(stage.path)).toEqual([]);
  expect(await getChannel(stage.admin(), channel.id)).toMatchObject({ waiting: 0, givenUp: 1 });
});

test("an address that every message would be refused at is refused where it is typed", async () => {
  const { out } = stage.outside(["127.0.0.1"]);
  const config = { url: "http://10.1.2.3:99/x" };
  const refusal = {
    code: "invalid",
    details: { fields: [{ path: "config.url", message: expect.stringContaining("MC_OUTBOUND_ALLOW") }] },
  };
  await expect(
    createChannel(stage.admin(), out, { kind: "teams", name: "Hook", config }),
  ).rejects.toMatchObject(refusal);
  const channel = await stage.addChannel();
  await expect(changeChannel(stage.admin(), out, { id: channel.id, config })).rejects.toMatchObject(refusal);
  const named = { url: "https://hooks.invalid/x" };
  await changeChannel(stage.admin(), out, { id: channel.id, config: named });
});

test("a redirect is not followed, wherever it leads", async () => {
  const away = { kind: "answer" as const, status: 307, headers: { location: "http://127.0.0.2:9/inside" } };
  await stage.service.script(stage.path, [], away);
  const channel = await stage.addChannel();
  stage.deliver();
  await tellOffline(stage.ground, [channel.id], ["agt_a"]);
  const [row] = await stage.settled(1);
  expect(row).toMatchObject({ state: "dead", lastStatus: 307 });
  expect(row?.lastAnswer).toContain("not followed");
});

test("a test shows the real request, its address masked, and the real answer", async () => {
  const channel = await stage.addChannel();
  await stage.service.script(stage.path, [{ kind: "answer", status: 403, body: "sig is wrong" }]);
  const refused = await testChannel(stage.admin(), stage.outside(), channel.id);
  expect(refused).toMatchObject({ delivered: false, status: 403, attempts: 1 });
  expect(refused.answer).toContain("sig is wrong");
  expect(refused.request.summary).not.toContain(stage.path);
  const [left] = await stage.service.received(stage.path);
  expect(JSON.parse(refused.request.body)).toEqual(JSON.parse(left?.body ?? ""));
  expect(await testChannel(stage.admin(), stage.outside(), channel.id)).toMatchObject({
    delivered: true,
    status: 202,
  });
  expect((await stage.takenAt()).map((one) => wordOf(one.body))).toEqual(["Test"]);
  await expect(testChannel(personCtx(stage.ground, "operator"), stage.outside(), channel.id)).rejects.toThrow(
    /admin/,
  );
});
