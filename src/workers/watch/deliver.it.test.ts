import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { channels } from "@/db/schema";
import { readFacts } from "@/domain/kernel";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  listChannels,
  testChannel,
} from "@/domain/watch/channels";
import {
  getNotification,
  listNotifications,
  retryChannel,
  retryNotification,
} from "@/domain/watch/notifications";
import { defaultPatience } from "@/domain/watch/notifications/backoff";
import { claimNext } from "@/domain/watch/notifications/claim";
import { createLog } from "@/platform/log";
import { createMailer } from "@/platform/mail";
import { createOut } from "@/platform/out";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { openGroup, queueMessage, tellOffline, writeAlerts } from "@/testing/outbox";
import { startTeamsServer, type TeamsBehaviour, type TeamsServer } from "@/testing/teams-server";
import { notificationRows } from "@/testing/watch";
import { startStamper } from "../kernel/stamp";
import { startDeliverer } from "./deliver";

let service: TeamsServer;
let ground: TestGround;
let running: { stop(): Promise<void> }[];
let path: string;
let pathCount = 0;

beforeAll(async () => {
  service = await startTeamsServer();
});
afterAll(() => service.stop());
beforeEach(async () => {
  ground = await testGround({ log: createLog("silent") });
  running = [startStamper(ground)];
  pathCount += 1;
  path = `/hook-${pathCount}-with-a-long-secret`;
});
afterEach(async () => {
  await Promise.all(running.map((part) => part.stop()));
  await ground.db.close();
});

const patience = { ...defaultPatience, firstDelayMs: 40 };
function outside(allow = ["127.0.0.1"], sendTimeoutMs = 400) {
  const out = createOut({ allow, clock: ground.clock, log: ground.log });
  const mailer = createMailer({ clock: ground.clock, log: ground.log });
  return { out, mailer, consoleUrl: "http://127.0.0.1:3000", sendTimeoutMs };
}
const deliver = (allow?: string[]) => {
  const deliverer = startDeliverer(ground, outside(allow), { patience });
  running.push(deliverer);
  return deliverer;
};
const admin = () => personCtx(ground);
const addChannel = (name = "Ops", at = path) =>
  createChannel(admin(), { kind: "teams", name, config: { url: service.url(at) } });
const settled = (count: number) =>
  eventually(async () => {
    const rows = await notificationRows(ground);
    return rows.length === count && rows.every((row) => row.state !== "pending") ? rows : null;
  });
const takenAt = async (at = path) => (await service.received(at)).filter((one) => one.taken);
const wordOf = (body: string) => /"text":"(Offline|Resolved|Test) "/.exec(body)?.[1];
const channelNow = async () => (await ground.db.orm.select().from(channels))[0];

test("firing goes out at once, resolved follows to the same place, each once", async () => {
  const channel = await addChannel();
  deliver();
  const trouble = await tellOffline(ground, [channel.id], ["agt_a"]);
  await eventually(async () => (await takenAt()).length === 1);
  await trouble.comeBack();
  await settled(2);
  expect((await service.received(path)).map((one) => wordOf(one.body))).toEqual(["Offline", "Resolved"]);
  const facts = await eventually(async () => {
    const told = (await readFacts(ground.db, 0, 100)).filter(({ kind }) => kind === "notification.delivered");
    return told.length === 2 ? told : null;
  });
  expect(facts.map(({ data }) => [data?.event, data?.channelKind])).toEqual([
    ["firing", "teams"],
    ["resolved", "teams"],
  ]);
  expect((await listChannels(admin()))[0]).toMatchObject({ id: channel.id, lastFailure: null });
});

test("a group's message counts first, then names; the links of one alert act on it", async () => {
  const channel = await addChannel();
  deliver();
  const names = Array.from({ length: 40 }, (_, index) => `worker-${index + 1}`);
  const ids = await writeAlerts(ground, names);
  const groupId = await openGroup(ground, { group: "search" });
  await queueMessage(ground, { channelId: channel.id, groupId, firing: ids, title: "40 agents" });
  const [row] = await settled(1);
  const [message] = await takenAt();
  expect(message?.body).toContain("40 alerts new.");
  expect(message?.body).toContain("and 15 more");
  const detail = await getNotification(admin(), row?.id ?? "");
  expect([detail.alerts.length, detail.title, detail.firingCount]).toEqual([40, "40 agents", 40]);
  await tellOffline(ground, [channel.id], ["alone"]);
  await settled(2);
  const alone = (await takenAt()).find(({ body }) => body.includes("alone"));
  for (const part of ["Acknowledge", "Silence 1 h", "http://127.0.0.1:3000/a/"])
    expect(alone?.body).toContain(part);
});

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
    await service.script(path, behaviours);
    const channel = await addChannel();
    deliver();
    await tellOffline(ground, [channel.id], ["agt_a"]);
    const [row] = await settled(1);
    expect(row).toMatchObject({ state: "delivered", attempts: requests });
    expect(await takenAt()).toHaveLength(1);
    expect(await service.received(path)).toHaveLength(requests);
    expect((await getNotification(admin(), row?.id ?? "")).tries).toHaveLength(requests);
    expect(await channelNow()).toMatchObject({ failuresInRow: 0, brokenUntil: null });
  });
}

test("Retry-After is kept in both forms", async () => {
  const date = new Date(Date.now() + 3_000).toUTCString();
  await service.script(path, [
    { kind: "answer", status: 429, headers: { "retry-after": "1" } },
    { kind: "answer", status: 429, headers: { "retry-after": date } },
  ]);
  const channel = await addChannel();
  deliver();
  await tellOffline(ground, [channel.id], ["agt_a"]);
  await settled(1);
  const [first, second, third] = await service.received(path);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect(third?.at).toBeGreaterThanOrEqual(Date.parse(date));
});

test("while nobody listens both messages wait, and then come in order", async () => {
  await service.refuse();
  const channel = await addChannel();
  deliver();
  const trouble = await tellOffline(ground, [channel.id], ["agt_a"]);
  await eventually(async () => ((await notificationRows(ground))[0]?.attempts ?? 0) >= 2);
  await trouble.comeBack();
  await service.accept();
  await settled(2);
  expect((await takenAt()).map((one) => wordOf(one.body))).toEqual(["Offline", "Resolved"]);
});

test("five failures in a row open the breaker, which costs no message and closes with the first success", async () => {
  await service.script(path, [], { kind: "answer", status: 503 });
  const channel = await addChannel();
  deliver();
  await tellOffline(ground, [channel.id], ["agt_a", "agt_b"]);
  const broken = await eventually(async () => {
    const now = await channelNow();
    return now?.brokenUntil ? now : null;
  });
  expect(broken.failuresInRow).toBe(5);
  expect(broken.brokenUntil?.getTime() ?? 0).toBeGreaterThan(Date.now() + 20_000);
  expect(await service.received(path)).toHaveLength(5);
  // Half open: one message is tried, and the next rest is twice as long.
  await ground.db.orm.execute(sql`update channels set broken_until = now()`);
  await ground.db.orm.execute(sql`update notifications set next_attempt_at = now()`);
  ground.bus.publish("nudge.notifications", null);
  const again = await eventually(async () => {
    const now = await channelNow();
    return now?.failuresInRow === 6 ? now : null;
  });
  expect(again.brokenUntil?.getTime() ?? 0).toBeGreaterThan(Date.now() + 50_000);
  expect(await service.received(path)).toHaveLength(6);
  await service.script(path, [], { kind: "answer", status: 202 });
  await changeChannel(admin(), { id: channel.id, config: { url: service.url(path) } });
  await retryChannel(admin(), channel.id);
  await settled(2);
  expect(await channelNow()).toMatchObject({ failuresInRow: 0, brokenUntil: null });
  expect(await takenAt()).toHaveLength(2);
});

test("two deliverers at once send each message once, and a webhook that hangs delays nobody else", async () => {
  const hanging = `${path}-hangs`;
  await service.script(hanging, [], { kind: "hang" });
  const channels = [await addChannel("hangs", hanging), await addChannel()];
  deliver();
  deliver();
  const names = ["agt_a", "agt_b", "agt_c", "agt_d", "agt_e", "agt_f"];
  const trouble = await tellOffline(
    ground,
    channels.map(({ id }) => id),
    names,
  );
  await eventually(async () => (await takenAt()).length >= names.length);
  await trouble.comeBack();
  await eventually(async () => (await takenAt()).length >= names.length * 2);
  const bodies = (await service.received(path)).map((one) => one.body);
  expect(new Set(bodies).size).toBe(names.length * 2);
  expect(bodies).toHaveLength(names.length * 2);
  expect((await takenAt(hanging)).length).toBe(0);
});

test("of one channel one message at a time is on its way, in order, also with two deliverers", async () => {
  const lateMs = 250;
  await service.script(path, [], { kind: "late", afterMs: lateMs });
  const channel = await addChannel();
  const names = ["agt_a", "agt_b", "agt_c", "agt_d"];
  await tellOffline(ground, [channel.id], names);
  deliver();
  deliver();
  const rows = await settled(names.length);
  const requests = await takenAt();
  const ends = rows.map((row) => row.deliveredAt?.getTime() ?? 0);
  expect(ends).toEqual([...ends].sort((one, other) => one - other));
  expect(requests).toHaveLength(names.length);
  for (const [index, request] of requests.slice(1).entries())
    expect(request.at - (requests[index]?.at ?? 0)).toBeGreaterThanOrEqual(lateMs);
});

const claim = { channels: 10, holder: "dlv_dead", claimMs: 2_500, blocked: [], takesOver: true };

test("however many deliverers ask at once, each channel gives one message, its oldest", async () => {
  const channels = [await addChannel("one"), await addChannel("two"), await addChannel("three")];
  const channelIds = channels.map(({ id }) => id);
  await tellOffline(ground, channelIds, ["agt_a", "agt_b", "agt_c"]);
  const oldest = await Promise.all(channelIds.map(async (id) => (await notificationRows(ground, id))[0]?.id));
  const ask = (_: unknown, index: number) =>
    claimNext(ground, { ...claim, holder: `dlv_${index}`, claimMs: 60_000 });
  const claimed = (await Promise.all(Array.from({ length: 16 }, ask))).flat();
  expect(claimed.map(({ notification }) => notification.id).sort()).toEqual(oldest.sort());
});

test("a claim that a dead deliverer left keeps the channel back until it runs out, and no longer", async () => {
  const channel = await addChannel();
  await tellOffline(ground, [channel.id], ["agt_a", "agt_b"]);
  const [first, ...more] = await claimNext(ground, claim);
  expect(more).toEqual([]);
  expect(await claimNext(ground, claim), "the channel has one claimed already").toEqual([]);
  const claimedUntil = (await notificationRows(ground, channel.id)).find(
    (row) => row.claimedUntil,
  )?.claimedUntil;
  deliver();
  const rows = await settled(2);
  expect(rows[0]?.id).toBe(first?.notification.id);
  const [one, other, ...others] = await takenAt();
  expect(others).toEqual([]);
  expect(one?.at).toBeGreaterThanOrEqual(claimedUntil?.getTime() ?? 0);
  expect(one?.body).toContain("agt_a");
  expect(other?.body).not.toContain("agt_a");
});

test("a send that outlasts its claim keeps it: no second deliverer takes the message", async () => {
  await service.script(path, [{ kind: "late", afterMs: 2_500 }]);
  const channel = await addChannel();
  const slow = () =>
    running.push(startDeliverer(ground, outside(["127.0.0.1"], 5_000), { patience, claimMs: 600 }));
  slow();
  slow();
  await tellOffline(ground, [channel.id], ["agt_a"]);
  const [row] = await settled(1);
  expect(row).toMatchObject({ state: "delivered", attempts: 1 });
  expect(await service.received(path)).toHaveLength(1);
});

test("a webhook that is gone is given up in clear words; sent again by hand it arrives, and then its resolve", async () => {
  const gone = { kind: "answer" as const, status: 404 };
  await service.script(path, [gone, gone, gone]);
  const channel = await addChannel();
  deliver();
  const trouble = await tellOffline(ground, [channel.id], ["agt_a"]);
  const [dead] = await settled(1);
  expect(dead).toMatchObject({ state: "dead", attempts: 3, lastStatus: 404 });
  expect(dead?.lastAnswer).toContain("does not exist any more");
  await retryNotification(admin(), dead?.id ?? "");
  await eventually(async () => (await takenAt()).length === 1);
  await settled(1);
  await trouble.comeBack();
  await settled(2);
  expect((await takenAt()).map((one) => wordOf(one.body))).toEqual(["Offline", "Resolved"]);
  await expect(retryNotification(admin(), dead?.id ?? "")).rejects.toThrow(/arrived/);
  expect((await listNotifications(admin(), { limit: 1 })).nextCursor).not.toBeNull();
});

test("no end without its beginning: dropped from a message, and the message given up when none is left", async () => {
  const gone = { kind: "answer" as const, status: 410 };
  await service.script(path, [gone, gone, gone]);
  const channel = await addChannel();
  deliver();
  const [unheard = "", other = ""] = await writeAlerts(ground, ["unheard", "heard"], true);
  const groupId = await openGroup(ground);
  const first = { channelId: channel.id, groupId };
  await queueMessage(ground, { ...first, firing: [unheard], title: "unheard" });
  await settled(1);
  await queueMessage(ground, { ...first, firing: [other], title: "heard" });
  await queueMessage(ground, { ...first, resolved: [unheard, other], title: "both" });
  await queueMessage(ground, { ...first, resolved: [], title: "nothing" });
  const rows = await settled(4);
  expect(rows.map(({ state }) => state)).toEqual(["dead", "delivered", "delivered", "dead"]);
  const [, end] = await takenAt();
  expect(wordOf(end?.body ?? "")).toBe("Resolved");
  expect(end?.body).not.toContain("unheard");
});

test("nothing goes to a channel that was switched off or deleted", async () => {
  const off = await addChannel("off", `${path}-off`);
  const deleted = await addChannel("deleted", `${path}-deleted`);
  await tellOffline(ground, [off.id, deleted.id], ["agt_a"]);
  await changeChannel(admin(), { id: off.id, enabled: false });
  await deleteChannel(admin(), deleted.id);
  deliver();
  const rows = await settled(2);
  expect(rows.map(({ state }) => state)).toEqual(["dead", "dead"]);
  expect([
    ...(await service.received(`${path}-off`)),
    ...(await service.received(`${path}-deleted`)),
  ]).toEqual([]);
});

test("private addresses are refused, in the outbox and in the test", async () => {
  const channel = await addChannel();
  deliver([]);
  await tellOffline(ground, [channel.id], ["agt_a"]);
  const [row] = await settled(1);
  expect(row).toMatchObject({ state: "dead", lastStatus: 0 });
  expect(row?.lastAnswer).toContain("MC_OUTBOUND_ALLOW");
  const answer = await testChannel(admin(), outside([]), channel.id);
  expect(answer).toMatchObject({ delivered: false, status: 0, attempts: 1 });
  expect(await service.received(path)).toEqual([]);
});

test("a redirect is not followed, wherever it leads", async () => {
  const away = { kind: "answer" as const, status: 307, headers: { location: "http://127.0.0.2:9/inside" } };
  await service.script(path, [], away);
  const channel = await addChannel();
  deliver();
  await tellOffline(ground, [channel.id], ["agt_a"]);
  const [row] = await settled(1);
  expect(row).toMatchObject({ state: "dead", lastStatus: 307 });
  expect(row?.lastAnswer).toContain("not followed");
});

test("a test shows the real request, its address masked, and the real answer", async () => {
  const channel = await addChannel();
  await service.script(path, [{ kind: "answer", status: 403, body: "sig is wrong" }]);
  const refused = await testChannel(admin(), outside(), channel.id);
  expect(refused).toMatchObject({ delivered: false, status: 403, attempts: 1 });
  expect(refused.answer).toContain("sig is wrong");
  expect(refused.request.summary).not.toContain(path);
  const [left] = await service.received(path);
  expect(JSON.parse(refused.request.body)).toEqual(JSON.parse(left?.body ?? ""));
  expect(await testChannel(admin(), outside(), channel.id)).toMatchObject({ delivered: true, status: 202 });
  expect((await takenAt()).map((one) => wordOf(one.body))).toEqual(["Test"]);
  await expect(testChannel(personCtx(ground, "operator"), outside(), channel.id)).rejects.toThrow(/admin/);
});
