import { expect, test } from "vitest";
import { readFacts } from "@/domain/kernel";
import { listChannels } from "@/domain/watch/channels";
import { getNotification } from "@/domain/watch/notifications";
import { claimNext, releaseClaims } from "@/domain/watch/notifications/claim";
import { deliveryStage, hastyPatience, wordOf } from "@/testing/delivery-stage";
import { eventually } from "@/testing/eventually";
import { openGroup, queueMessage, tellOffline, writeAlerts } from "@/testing/outbox";
import { notificationRows } from "@/testing/watch";
import { startDeliverer } from "./deliver";

const stage = deliveryStage();

test("firing goes out at once, resolved follows to the same place, each once", async () => {
  const channel = await stage.addChannel();
  stage.deliver();
  const trouble = await tellOffline(stage.ground, [channel.id], ["agt_a"]);
  await eventually(async () => (await stage.takenAt()).length === 1);
  await trouble.comeBack();
  await stage.settled(2);
  expect((await stage.service.received(stage.path)).map((one) => wordOf(one.body))).toEqual([
    "Offline",
    "Resolved",
  ]);
  const facts = await eventually(async () => {
    const told = (await readFacts(stage.ground.db, 0, 100)).filter(
      ({ kind }) => kind === "notification.delivered",
    );
    return told.length === 2 ? told : null;
  });
  expect(facts.map(({ data }) => [data?.event, data?.channelKind])).toEqual([
    ["firing", "teams"],
    ["resolved", "teams"],
  ]);
  expect((await listChannels(stage.admin()))[0]).toMatchObject({ id: channel.id, lastFailure: null });
});

test("a group's message counts first, then names; the links of one alert act on it", async () => {
  const channel = await stage.addChannel();
  stage.deliver();
  const names = Array.from({ length: 40 }, (_, index) => `worker-${index + 1}`);
  const ids = await writeAlerts(stage.ground, names);
  const groupId = await openGroup(stage.ground, { group: "search" });
  await queueMessage(stage.ground, { channelId: channel.id, groupId, firing: ids, title: "40 agents" });
  const [row] = await stage.settled(1);
  const [message] = await stage.takenAt();
  expect(message?.body).toContain("40 alerts new.");
  expect(message?.body).toContain("and 15 more");
  const detail = await getNotification(stage.admin(), row?.id ?? "");
  expect([detail.alerts.length, detail.title, detail.firingCount]).toEqual([40, "40 agents", 40]);
  await tellOffline(stage.ground, [channel.id], ["alone"]);
  await stage.settled(2);
  const alone = (await stage.takenAt()).find(({ body }) => body.includes("alone"));
  for (const part of ["Acknowledge", "Silence 1 h", "http://127.0.0.1:3000/a/"])
    expect(alone?.body).toContain(part);
});

test("two deliverers at once send each message once, and a webhook that hangs delays nobody else", async () => {
  const hanging = `${stage.path}-hangs`;
  await stage.service.script(hanging, [], { kind: "hang" });
  const channels = [await stage.addChannel("hangs", hanging), await stage.addChannel()];
  stage.deliver();
  stage.deliver();
  const names = ["agt_a", "agt_b", "agt_c", "agt_d", "agt_e", "agt_f"];
  const trouble = await tellOffline(
    stage.ground,
    channels.map(({ id }) => id),
    names,
  );
  await eventually(async () => (await stage.takenAt()).length >= names.length);
  await trouble.comeBack();
  await eventually(async () => (await stage.takenAt()).length >= names.length * 2);
  const bodies = (await stage.service.received(stage.path)).map((one) => one.body);
  expect(new Set(bodies).size).toBe(names.length * 2);
  expect(bodies).toHaveLength(names.length * 2);
  expect((await stage.takenAt(hanging)).length).toBe(0);
});

test("of one channel one message at a time is on its way, in order, also with two deliverers", async () => {
  const lateMs = 250;
  await stage.service.script(stage.path, [], { kind: "late", afterMs: lateMs });
  const channel = await stage.addChannel();
  const names = ["agt_a", "agt_b", "agt_c", "agt_d"];
  await tellOffline(stage.ground, [channel.id], names);
  stage.deliver();
  stage.deliver();
  const rows = await stage.settled(names.length);
  const requests = await stage.takenAt();
  const ends = rows.map((row) => row.deliveredAt?.getTime() ?? 0);
  expect(ends).toEqual([...ends].sort((one, other) => one - other));
  expect(requests).toHaveLength(names.length);
  for (const [index, request] of requests.slice(1).entries())
    expect(request.at - (requests[index]?.at ?? 0)).toBeGreaterThanOrEqual(lateMs);
});

const claim = { channels: 10, holder: "dlv_dead", claimMs: 2_500, blocked: [], takesOver: true };

test("however many deliverers ask at once, each channel gives one message, its oldest", async () => {
  const channels = [
    await stage.addChannel("one"),
    await stage.addChannel("two"),
    await stage.addChannel("three"),
  ];
  const channelIds = channels.map(({ id }) => id);
  await tellOffline(stage.ground, channelIds, ["agt_a", "agt_b", "agt_c"]);
  const oldest = await Promise.all(
    channelIds.map(async (id) => (await notificationRows(stage.ground, id))[0]?.id),
  );
  const ask = (_: unknown, index: number) =>
    claimNext(stage.ground, { ...claim, holder: `dlv_${index}`, claimMs: 60_000 });
  const claimed = (await Promise.all(Array.from({ length: 16 }, ask))).flat();
  expect(claimed.map(({ notification }) => notification.id).sort()).toEqual(oldest.sort());
});

test("what is claimed together of a channel goes to one of several deliverers, so that it stays in order", async () => {
  const { id } = await stage.addInbox();
  const names = Array.from({ length: 60 }, (_, index) => `agt_${index}`);
  await tellOffline(stage.ground, [id], names);
  for (let round = 0; round < 20; round++) {
    const asked = await Promise.all(
      Array.from({ length: 4 }, (_, index) =>
        claimNext(stage.ground, { ...claim, holder: `dlv_${index}`, claimMs: 60_000 }),
      ),
    );
    expect(asked.map((claimed) => claimed.length).sort()).toEqual([0, 0, 0, names.length]);
    for (const [index, claimed] of asked.entries()) {
      const ids = claimed.map(({ notification }) => notification.id);
      await releaseClaims(stage.ground, { ids, holder: `dlv_${index}` });
    }
  }
});

test("a claim that a dead deliverer left keeps the channel back until it runs out, and no longer", async () => {
  const channel = await stage.addChannel();
  await tellOffline(stage.ground, [channel.id], ["agt_a", "agt_b"]);
  const [first, ...more] = await claimNext(stage.ground, claim);
  expect(more).toEqual([]);
  expect(await claimNext(stage.ground, claim), "the channel has one claimed already").toEqual([]);
  const claimedUntil = (await notificationRows(stage.ground, channel.id)).find(
    (row) => row.claimedUntil,
  )?.claimedUntil;
  stage.deliver();
  const rows = await stage.settled(2);
  expect(rows[0]?.id).toBe(first?.notification.id);
  const [one, other, ...others] = await stage.takenAt();
  expect(others).toEqual([]);
  expect(one?.at).toBeGreaterThanOrEqual(claimedUntil?.getTime() ?? 0);
  expect(one?.body).toContain("agt_a");
  expect(other?.body).not.toContain("agt_a");
});

test("a send that outlasts its claim keeps it: no second deliverer takes the message", async () => {
  await stage.service.script(stage.path, [{ kind: "late", afterMs: 2_500 }]);
  const channel = await stage.addChannel();
  const slow = () =>
    stage.endsWithTest(
      startDeliverer(stage.ground, stage.outside(["127.0.0.1"], 5_000), {
        patience: hastyPatience,
        claimMs: 600,
      }),
    );
  slow();
  slow();
  await tellOffline(stage.ground, [channel.id], ["agt_a"]);
  const [row] = await stage.settled(1);
  expect(row).toMatchObject({ state: "delivered", attempts: 1 });
  expect(await stage.service.received(stage.path)).toHaveLength(1);
});

test("no end without its beginning: dropped from a message, and the message given up when none is left", async () => {
  const gone = { kind: "answer" as const, status: 410 };
  await stage.service.script(stage.path, [gone, gone, gone]);
  const channel = await stage.addChannel();
  stage.deliver();
  const [unheard = "", other = ""] = await writeAlerts(stage.ground, ["unheard", "heard"], true);
  const groupId = await openGroup(stage.ground);
  const first = { channelId: channel.id, groupId };
  await queueMessage(stage.ground, { ...first, firing: [unheard], title: "unheard" });
  await stage.settled(1);
  await queueMessage(stage.ground, { ...first, firing: [other], title: "heard" });
  await queueMessage(stage.ground, { ...first, resolved: [unheard, other], title: "both" });
  await queueMessage(stage.ground, { ...first, resolved: [], title: "nothing" });
  const rows = await stage.settled(4);
  expect(rows.map(({ state }) => state)).toEqual(["dead", "delivered", "delivered", "dead"]);
  const [, end] = await stage.takenAt();
  expect(wordOf(end?.body ?? "")).toBe("Resolved");
  expect(end?.body).not.toContain("unheard");
});
