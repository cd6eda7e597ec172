import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { inboxMessages } from "@/db/schema";
import { makeKeyPair, signAuthority, signLeaf } from "@/domain/fleet/certificates/signing";
import {
  changeChannel,
  createChannel,
  ensureInboxes,
  listChannels,
  previewTemplate,
  testChannel,
} from "@/domain/watch/channels";
import { listInbox, readInbox } from "@/domain/watch/inbox";
import { defaultPatience } from "@/domain/watch/notifications/backoff";
import { claimNext } from "@/domain/watch/notifications/claim";
import { createLog } from "@/platform/log";
import { createMailer } from "@/platform/mail";
import { createOut } from "@/platform/out";
import { anyAddress } from "@/testing/any-address";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { type MailServer, startMailServer } from "@/testing/mail-server";
import { openGroup, queueMessage, tellOffline, writeAlerts } from "@/testing/outbox";
import { startTeamsServer, type TeamsServer } from "@/testing/teams-server";
import { notificationRows } from "@/testing/watch";
import { startDeliverer } from "./deliver";

let service: TeamsServer;
let post: MailServer;
let ground: TestGround;
let running: { stop(): Promise<unknown> }[];
let path: string;
let pathCount = 0;

beforeAll(async () => {
  service = await startTeamsServer();
  post = await startMailServer();
});
afterAll(async () => {
  await service.stop();
  await post.stop();
});
beforeEach(async () => {
  ground = await testGround({ log: createLog("silent") });
  running = [];
  pathCount += 1;
  path = `/kind-${pathCount}-with-a-long-secret`;
});
afterEach(async () => {
  await Promise.all(running.map((part) => part.stop()));
  await ground.db.close();
});

const consoleUrl = "https://control.example.com";
function outside(mail: { smtpUrl?: string } = { smtpUrl: post.url }) {
  const parts = { clock: ground.clock, log: ground.log };
  const mailer = createMailer({
    ...mail,
    mailFrom: "control@example.com",
    unencryptedAllow: ["127.0.0.1"],
    ...parts,
  });
  running.push({ stop: () => mailer.close() });
  return { out: createOut({ allow: ["127.0.0.1"], ...parts }), mailer, consoleUrl, sendTimeoutMs: 400 };
}
const deliver = (there = outside()) => {
  const deliverer = startDeliverer(ground, there, { patience: { ...defaultPatience, firstDelayMs: 40 } });
  running.unshift(deliverer);
};
const admin = () => personCtx(ground);
const settled = (count: number) =>
  eventually(async () => {
    const rows = await notificationRows(ground);
    return rows.length === count && rows.every((row) => row.state !== "pending") ? rows : null;
  });

const add = (draft: Parameters<typeof createChannel>[2]) => createChannel(admin(), anyAddress, draft);

test("a webhook's secret is shown once, and signs every delivery with its time", async () => {
  const url = service.url(path);
  const made = await add({ kind: "webhook", name: "Own", config: { url } });
  expect(made.secret).toMatch(/^mcw_/);
  expect(JSON.stringify(await listChannels(admin()))).not.toContain(made.secret);
  expect(
    (await add({ kind: "webhook", name: "B", config: { url, secret: "x".repeat(16) } })).secret,
  ).toBeNull();
  deliver();
  await tellOffline(ground, [made.id], ["agt_a"]);
  const [row] = await settled(1);
  const [got] = await service.received(path);
  const {
    "x-mc-timestamp": timestamp,
    "x-mc-signature": signature,
    "x-mc-delivery": delivery,
  } = got?.headers ?? {};
  const expected = createHmac("sha256", made.secret ?? "")
    .update(`${timestamp}.${got?.body}`)
    .digest("hex");
  expect([signature, delivery]).toEqual([`v1=${expected}`, row?.id]);
  expect(Math.abs(Number(timestamp) - Date.now() / 1_000)).toBeLessThan(30);
  expect(JSON.parse(got?.body ?? "")).toMatchObject({
    version: 1,
    id: row?.id,
    event: "firing",
    counts: { firing: 1, resolved: 0, still: 0 },
    alerts: { firing: [{ subject: { name: "agt_a" } }] },
  });
  // A new address keeps the secret.
  await changeChannel(admin(), anyAddress, { id: made.id, config: { url: service.url(`${path}-moved`) } });
  const shown = await testChannel(admin(), outside(), made.id);
  expect(JSON.stringify(shown)).not.toContain(made.secret);
  const [moved] = await service.received(`${path}-moved`);
  const again = createHmac("sha256", made.secret ?? "")
    .update(`${moved?.headers["x-mc-timestamp"]}.${moved?.body}`)
    .digest("hex");
  expect(moved?.headers["x-mc-signature"]).toBe(`v1=${again}`);
  expect(shown.request.headers["x-mc-signature"]).toBe(`v1=${again.slice(0, 4)}…`);
});

test("what a dead deliverer left of a webhook comes again under the same id, in order, and stops at a failure", async () => {
  const config = { url: service.url(path) };
  const channel = await add({ kind: "webhook", name: "Own", config });
  const names = Array.from({ length: 8 }, (_, index) => `agt_${index}`);
  await tellOffline(ground, [channel.id], names);
  const claim = { channels: 5, holder: "dlv_dead", claimMs: 1, blocked: [], takesOver: true };
  expect(await claimNext(ground, claim)).toHaveLength(8);
  await service.script(path, [
    { kind: "answer", status: 200 },
    { kind: "answer", status: 500 },
  ]);
  deliver();
  const rows = await settled(8);
  const received = await service.received(path);
  const ids = received.map(({ headers }) => headers["x-mc-delivery"]);
  expect(ids).toEqual([rows[0]?.id, rows[1]?.id, ...rows.slice(1).map(({ id }) => id)]);
});

test("Slack says ok; a page that something between has put there is not believed and not repeated", async () => {
  await service.script(
    path,
    [{ kind: "answer", status: 200, body: "<html>Sign in to the Wi-Fi</html>", fails: true }],
    {
      kind: "answer",
      status: 200,
      body: "ok",
    },
  );
  const config = { url: service.url(path) };
  const channel = await add({ kind: "slack", name: "Slack", config });
  deliver();
  await tellOffline(ground, [channel.id], ["<!channel> & co"]);
  const [unclear] = await settled(1);
  expect(unclear).toMatchObject({ state: "dead", attempts: 1, lastStatus: 200 });
  expect(unclear?.lastAnswer).toContain("not sent again by itself");
  await tellOffline(ground, [channel.id], ["two"]);
  const rows = await settled(2);
  expect(rows.map(({ state }) => state)).toEqual(["dead", "delivered"]);
  const [first] = await service.received(path);
  expect(first?.body).toContain("&lt;!channel&gt; &amp; co");
  expect(first?.body).not.toContain("<!channel>");
});

test("an old connector gets its own card, and only 1 is its yes", async () => {
  const at = `/webhookb2/${pathCount}/IncomingWebhook/abc/def`;
  await service.script(at, [], { kind: "answer", status: 200, body: "1" });
  const config = { url: service.url(at) };
  const channel = await add({ kind: "teams", name: "Old", config });
  deliver();
  await tellOffline(ground, [channel.id], ["agt_a"]);
  expect((await settled(1))[0]).toMatchObject({ state: "delivered", lastAnswer: "HTTP 200: 1" });
  const card = JSON.parse((await service.received(at))[0]?.body ?? "");
  expect(card).toMatchObject({ "@type": "MessageCard", sections: [{ markdown: false }] });
});

test("mails of a group make one thread, say that a program wrote them, and are refused in words", async () => {
  const config = { to: ["ops@example.com", "boss@example.org"] };
  const channel = await add({ kind: "email", name: "Mail", config });
  expect(channel.target).toBe("2 addresses at example.com, example.org");
  deliver();
  const trouble = await tellOffline(ground, [channel.id], ["agt_a"]);
  await settled(1);
  await trouble.comeBack();
  const rows = await settled(2);
  const [first, second] = post.received.slice(-2);
  const header = (raw: string | undefined, name: string) =>
    new RegExp(`^${name}: ((?:.|\r\n[ \t])*)`, "im")
      .exec(raw ?? "")?.[1]
      ?.replace(/\r\n[ \t]+/g, " ")
      .trim();
  expect(first?.to).toEqual(config.to);
  expect(header(first?.raw, "Message-ID")).toBe(`<${rows[0]?.id}@control.example.com>`);
  expect(header(second?.raw, "In-Reply-To")).toBe(`<${rows[0]?.id}@control.example.com>`);
  expect(header(second?.raw, "References")).toBe(`<${rows[0]?.id}@control.example.com>`);
  expect(header(second?.raw, "Subject")).toBe(`Re: ${header(first?.raw, "Subject")}`);
  expect(header(first?.raw, "Subject")).toBe("[Mission Control] agt_a");
  expect(header(first?.raw, "Auto-Submitted")).toBe("auto-generated");
  expect(first?.body).toContain("color-scheme");
  expect(second?.body).toContain("Resolved agt_a");

  post.behave("refuse-for-now");
  const tries = post.tries();
  await tellOffline(ground, [channel.id], ["agt_b"]);
  await eventually(() => post.tries() >= tries + 2);
  post.behave("take");
  expect((await settled(3))[2]).toMatchObject({ state: "delivered", lastStatus: 250 });
  post.behave("refuse-for-good");
  await tellOffline(ground, [channel.id], ["agt_c"]);
  expect((await settled(4))[3]).toMatchObject({ state: "dead", lastStatus: 550 });
  post.behave("take");
});

test("without a mail server a mail is refused with what to do", async () => {
  const config = { to: ["ops@example.com"] };
  const channel = await add({ kind: "email", name: "Mail", config });
  const answer = await testChannel(admin(), outside({}), channel.id);
  expect(answer).toMatchObject({ delivered: false, status: 0 });
  expect(answer.answer).toContain("SMTP_URL");
});

test("the inbox is there from the start, has each message once, and shows each role what is its", async () => {
  await ensureInboxes(ground);
  await ensureInboxes(ground);
  const [inbox, ...others] = await listChannels(admin());
  expect([inbox?.kind, others]).toEqual(["inbox", []]);
  const secret = await add({ kind: "inbox", name: "Admins", config: { role: "admin" } });
  const there = outside();
  deliver(there);
  deliver(there);
  const names = Array.from({ length: 30 }, (_, index) => `agt_${index}`);
  await tellOffline(ground, [inbox?.id ?? "", secret.id], names);
  await settled(60);
  expect(await ground.db.orm.select().from(inboxMessages)).toHaveLength(60);
  const viewer = personCtx(ground, "viewer");
  const page = await listInbox(viewer, { limit: 20 });
  expect([page.items.length, page.unread]).toEqual([20, 30]);
  const rest = await listInbox(viewer, { limit: 20, cursor: page.nextCursor ?? "" });
  expect([rest.items.length, rest.nextCursor]).toEqual([10, null]);
  const titles = [...page.items, ...rest.items].map(({ title }) => title);
  expect(titles).toEqual(names.map((name) => `Offline ${name}`).reverse());
  expect(await readInbox(viewer, page.items[4]?.id ?? 0)).toEqual({ unread: 4 });
  expect(await readInbox(viewer, 1)).toEqual({ unread: 4 });
  expect(await readInbox(viewer, Number.MAX_SAFE_INTEGER)).toEqual({ unread: 0 });
  expect((await listInbox(admin(), { limit: 1 })).unread).toBe(60);
  await expect(listInbox(viewer, { limit: 1, cursor: "x" })).rejects.toThrow(/cursor/);
});

test("a wrong certificate is said, and waits for being mended", async () => {
  const validity = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 86_400_000) };
  const authority = await signAuthority("Nobody's", "4c".repeat(16), validity);
  const { pair, keyPem } = await makeKeyPair();
  const leaf = await signLeaf(authority, {
    ...{
      commonName: "127.0.0.1",
      use: "server",
      serial: "4d".repeat(16),
      validity,
      publicKey: pair.publicKey,
    },
    names: [{ type: "ip", value: "127.0.0.1" }],
  });
  const tls = await startTeamsServer({ cert: leaf.toString("pem"), key: keyPem });
  running.push({ stop: () => tls.stop() });
  const channel = await add({ kind: "teams", name: "T", config: { url: tls.url(path) } });
  const answer = await testChannel(admin(), outside(), channel.id);
  expect(answer).toMatchObject({ delivered: false, status: 0 });
  expect(answer.answer).toContain("certificate");
});

test("words of one's own, escaped; places that nothing stands at are refused, and a preview shows them", async () => {
  const config = { url: service.url(path) };
  const wrong = { title: "{{agent}} is down", body: null };
  await expect(add({ kind: "teams", name: "T", config, template: wrong })).rejects.toThrow(
    /\{\{agent\}\}.*\{\{subject\}\}/s,
  );
  const template = {
    title: "PROD {{subject}} ({{severity}})",
    body: "{{summary}}\nsee {{link}} {{label.team}}",
  };
  const channel = await add({ kind: "teams", name: "T", config, template });
  deliver();
  const [id = ""] = await writeAlerts(ground, ["**bold**"]);
  await queueMessage(ground, { channelId: channel.id, groupId: await openGroup(ground), firing: [id] });
  await settled(1);
  const [got] = await service.received(path);
  for (const part of ["PROD **bold** (critical)", `see ${consoleUrl}/alerts/${id}`])
    expect(got?.body).toContain(part);
  for (const kind of ["teams", "slack", "email", "webhook", "inbox"] as const) {
    const preview = await previewTemplate(admin(), consoleUrl, { kind, template, alertId: id });
    expect(preview.title).toBe("PROD **bold** (critical)");
    expect(preview.request).toContain("PROD");
  }
  const own = await previewTemplate(admin(), consoleUrl, { kind: "email", template: null });
  expect(own.request).toContain("nightly-indexer");
});
