import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readFacts } from "@/domain/kernel";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  listChannels,
  testChannel,
} from "@/domain/watch/channels";
import { getNotification, listNotifications, retryNotification } from "@/domain/watch/notifications";
import { defaultPatience } from "@/domain/watch/notifications/backoff";
import { claimNext } from "@/domain/watch/notifications/claim";
import { ensureDefaultRules } from "@/domain/watch/rules";
import { createLog } from "@/platform/log";
import { createOut } from "@/platform/out";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { startTeamsServer, type TeamsBehaviour, type TeamsServer } from "@/testing/teams-server";
import { alertRows, notificationRows, tellOfAgents } from "@/testing/watch";
import { startStamper } from "../kernel/stamp";
import { startDeliverer } from "./deliver";
import { startEvaluator } from "./evaluate";

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
  await ensureDefaultRules(ground);
  running = [startStamper(ground), startEvaluator(ground)];
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
  return { out, consoleUrl: "http://127.0.0.1:3000", sendTimeoutMs };
}
const deliver = (allow?: string[]) => {
  const deliverer = startDeliverer(ground, outside(allow), { patience });
  running.push(deliverer);
  return deliverer;
};
const addChannel = (name = "Ops", at = path) =>
  createChannel(personCtx(ground), { kind: "teams", name, config: { url: service.url(at) } });
const goOffline = (...ids: string[]) => tellOfAgents(ground, "agent.went_offline", ids);
const comeBack = (...ids: string[]) => tellOfAgents(ground, "agent.came_online", ids);
const settled = (count: number) =>
  eventually(async () => {
    const rows = await notificationRows(ground);
    return rows.length === count && rows.every((row) => row.state !== "pending") ? rows : null;
  });
const takenAt = async (at = path) => (await service.received(at)).filter((one) => one.taken);
const wordOf = (body: string) => /"text":"(Offline|Resolved|Test) "/.exec(body)?.[1];

test("firing goes out at once, resolved follows to the same place, each once", async () => {
  const channel = await addChannel();
  deliver();
  await goOffline("agt_a");
  await eventually(async () => (await takenAt()).length === 1);
  await comeBack("agt_a");
  await settled(2);
  expect((await service.received(path)).map((one) => wordOf(one.body))).toEqual(["Offline", "Resolved"]);
  const facts = await eventually(async () => {
    const told = (await readFacts(ground.db, 0, 100)).filter(
      (fact) => fact.kind === "notification.delivered",
    );
    return told.length === 2 ? told : null;
  });
  expect(facts.map((fact) => fact.data?.event)).toEqual(["firing", "resolved"]);
  expect((await listChannels(personCtx(ground)))[0]).toMatchObject({ id: channel.id, lastFailure: null });
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
    await addChannel();
    deliver();
    await goOffline("agt_a");
    const [row] = await settled(1);
    expect(row).toMatchObject({ state: "delivered", attempts: requests });
    expect(await takenAt()).toHaveLength(1);
    expect(await service.received(path)).toHaveLength(requests);
    expect((await getNotification(personCtx(ground), row?.id ?? "")).tries).toHaveLength(requests);
  });
}

test("Retry-After is kept in both forms", async () => {
  const date = new Date(Date.now() + 3_000).toUTCString();
  await service.script(path, [
    { kind: "answer", status: 429, headers: { "retry-after": "1" } },
    { kind: "answer", status: 429, headers: { "retry-after": date } },
  ]);
  await addChannel();
  deliver();
  await goOffline("agt_a");
  await settled(1);
  const [first, second, third] = await service.received(path);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect(third?.at).toBeGreaterThanOrEqual(Date.parse(date));
});

test("while nobody listens both messages wait, and then come in order", async () => {
  await service.refuse();
  await addChannel();
  deliver();
  await goOffline("agt_a");
  await eventually(async () => ((await notificationRows(ground))[0]?.attempts ?? 0) >= 2);
  await comeBack("agt_a");
  await eventually(async () => (await notificationRows(ground)).length === 2);
  await service.accept();
  await settled(2);
  expect((await takenAt()).map((one) => wordOf(one.body))).toEqual(["Offline", "Resolved"]);
});

test("two deliverers at once send each message once, and a webhook that hangs delays nobody else", async () => {
  const hanging = `${path}-hangs`;
  await service.script(hanging, [], { kind: "hang" });
  await addChannel("hangs", hanging);
  await addChannel();
  deliver();
  deliver();
  const ids = ["agt_a", "agt_b", "agt_c", "agt_d", "agt_e", "agt_f"];
  await goOffline(...ids);
  await eventually(async () => (await takenAt()).length >= ids.length);
  await comeBack(...ids);
  await eventually(async () => (await takenAt()).length >= ids.length * 2);
  const bodies = (await service.received(path)).map((one) => one.body);
  expect(new Set(bodies).size).toBe(ids.length * 2);
  expect(bodies).toHaveLength(ids.length * 2);
  expect((await takenAt(hanging)).length).toBe(0);
});

test("of one channel one message at a time is on its way, in order, also with two deliverers", async () => {
  const lateMs = 250;
  await service.script(path, [], { kind: "late", afterMs: lateMs });
  await addChannel();
  const ids = ["agt_a", "agt_b", "agt_c", "agt_d"];
  await goOffline(...ids);
  await eventually(async () => (await notificationRows(ground)).length === ids.length);
  deliver();
  deliver();
  const rows = await settled(ids.length);
  const requests = await takenAt();
  const ends = rows.map((row) => row.deliveredAt?.getTime() ?? 0);
  expect(ends).toEqual([...ends].sort((one, other) => one - other));
  expect(requests).toHaveLength(ids.length);
  for (const [index, request] of requests.slice(1).entries())
    expect(request.at - (requests[index]?.at ?? 0)).toBeGreaterThanOrEqual(lateMs);
});

test("however many deliverers ask at once, each channel gives one message, its oldest", async () => {
  const channels = [await addChannel("one"), await addChannel("two"), await addChannel("three")];
  await goOffline("agt_a", "agt_b", "agt_c");
  await eventually(async () => (await notificationRows(ground)).length === 9);
  const oldest = await Promise.all(
    channels.map(async ({ id }) => (await notificationRows(ground, id))[0]?.id),
  );
  const ask = (_: unknown, index: number) =>
    claimNext(ground, {
      limit: 10,
      holder: `dlv_${index}`,
      claimMs: 60_000,
      blocked: [],
      takesOver: true,
    });
  const claimed = (await Promise.all(Array.from({ length: 16 }, ask))).flat();
  expect(claimed.map(({ notification }) => notification.id).sort()).toEqual(oldest.sort());
});

test("a claim that a dead deliverer left keeps the channel back until it runs out, and no longer", async () => {
  const channel = await addChannel();
  await goOffline("agt_a", "agt_b");
  await eventually(async () => (await notificationRows(ground)).length === 2);
  const claim = { limit: 10, holder: "dlv_dead", claimMs: 2_500, blocked: [], takesOver: true };
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
  expect(one?.body).toContain(first?.alert.agentName);
  expect(other?.body).not.toContain(first?.alert.agentName);
});

test("a send that outlasts its claim keeps it: no second deliverer takes the message", async () => {
  await service.script(path, [{ kind: "late", afterMs: 2_500 }]);
  await addChannel();
  const slow = () =>
    running.push(startDeliverer(ground, outside(["127.0.0.1"], 5_000), { patience, claimMs: 600 }));
  slow();
  slow();
  await goOffline("agt_a");
  const [row] = await settled(1);
  expect(row).toMatchObject({ state: "delivered", attempts: 1 });
  expect(await service.received(path)).toHaveLength(1);
});

test("a webhook that is gone is given up in clear words; sent again by hand it arrives, and then its resolve", async () => {
  const gone = { kind: "answer" as const, status: 404 };
  await service.script(path, [gone, gone, gone]);
  await addChannel();
  deliver();
  await goOffline("agt_a");
  const [dead] = await settled(1);
  expect(dead).toMatchObject({ state: "dead", attempts: 3, lastStatus: 404 });
  expect(dead?.lastAnswer).toContain("does not exist any more");
  await retryNotification(personCtx(ground), dead?.id ?? "");
  await eventually(async () => (await takenAt()).length === 1);
  await settled(1);
  await comeBack("agt_a");
  await settled(2);
  expect((await takenAt()).map((one) => wordOf(one.body))).toEqual(["Offline", "Resolved"]);
  await expect(retryNotification(personCtx(ground), dead?.id ?? "")).rejects.toThrow(/arrived/);
  expect((await listNotifications(personCtx(ground), { limit: 1 })).nextCursor).not.toBeNull();
});

test("no resolved without its firing, and nothing to a channel that was switched off or deleted", async () => {
  const gone = { kind: "answer" as const, status: 410 };
  await service.script(path, [gone, gone, gone]);
  await addChannel();
  const off = await addChannel("off", `${path}-off`);
  const deleted = await addChannel("deleted", `${path}-deleted`);
  await goOffline("agt_a");
  await eventually(async () => (await notificationRows(ground)).length === 3);
  await changeChannel(personCtx(ground), { id: off.id, enabled: false });
  await deleteChannel(personCtx(ground), deleted.id);
  deliver();
  await settled(3);
  await comeBack("agt_a");
  await eventually(async () => (await alertRows(ground))[0]?.state === "resolved");
  expect((await notificationRows(ground)).map((row) => [row.event, row.state])).toEqual(
    Array.from({ length: 3 }, () => ["firing", "dead"]),
  );
  expect([
    ...(await takenAt()),
    ...(await service.received(`${path}-off`)),
    ...(await service.received(`${path}-deleted`)),
  ]).toEqual([]);
});

test("private addresses are refused, in the outbox and in the test", async () => {
  const channel = await addChannel();
  deliver([]);
  await goOffline("agt_a");
  const [row] = await settled(1);
  expect(row).toMatchObject({ state: "dead", lastStatus: 0 });
  expect(row?.lastAnswer).toContain("MC_OUTBOUND_ALLOW");
  const answer = await testChannel(personCtx(ground), outside([]), channel.id);
  expect(answer).toMatchObject({ delivered: false, status: 0, attempts: 1 });
  expect(await service.received(path)).toEqual([]);
});

test("a test shows the real answer", async () => {
  const channel = await addChannel();
  await service.script(path, [{ kind: "answer", status: 403, body: "sig is wrong" }]);
  const refused = await testChannel(personCtx(ground), outside(), channel.id);
  expect(refused).toMatchObject({ delivered: false, status: 403, attempts: 1 });
  expect(refused.answer).toContain("sig is wrong");
  expect(await testChannel(personCtx(ground), outside(), channel.id)).toMatchObject({
    delivered: true,
    status: 202,
  });
  expect((await takenAt()).map((one) => wordOf(one.body))).toEqual(["Test"]);
  await expect(testChannel(personCtx(ground, "operator"), outside(), channel.id)).rejects.toThrow(/admin/);
});
