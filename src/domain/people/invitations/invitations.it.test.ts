import { afterAll, beforeAll, expect, test } from "vitest";
import type { SentInvitation } from "@/contracts/people/invitation";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { type MailServer, startMailServer } from "@/testing/mail-server";

const password = "Wandering-moss-31-lantern";

let mail: MailServer;
let server: ApiServer;
let admin: string;
beforeAll(async () => {
  mail = await startMailServer();
  const settings = { SMTP_URL: mail.url, MC_MAIL_FROM: "Mission Control <control@example.com>" };
  server = await startApiServer({ settings });
  admin = (await server.person("admin")).token;
});
afterAll(async () => {
  await server.stop();
  await mail.stop();
});

async function invite(email: string, more: object = {}) {
  const body = { email, role: "operator", ...more };
  const answer = await server.request("POST", "/v1/invitations", { bearer: admin, body });
  return { ...answer, sent: answer.body as SentInvitation };
}
const tokenIn = (link: string) => link.slice(link.indexOf("#") + 1);
const accept = (token: string, name = "Grace Hopper", typed = password) =>
  server.request("POST", "/v1/invitations/accept", { body: { token, name, password: typed } });
const look = (token: string) => server.request("POST", "/v1/invitations/look", { body: { token } });
const list = async () => {
  const answer = await server.request("GET", "/v1/invitations", { bearer: admin });
  return answer.body as { items: SentInvitation[]; mail: { on: boolean; lastFailure: string | null } };
};

test("an invited person chooses a name and a password, and is in, with the role", async () => {
  const { status, sent, text } = await invite("grace@example.com");
  expect(status, text).toBe(201);
  expect(sent).toMatchObject({ email: "grace@example.com", role: "operator", mailed: true });
  expect(Date.parse(sent.expiresAt) - Date.parse(sent.createdAt)).toBe(7 * 86_400_000);
  expect((await mail.mailTo("grace@example.com")).body).toContain(sent.link);
  const token = tokenIn(sent.link);
  expect(token).toMatch(/^mci_[\w-]{43}$/);

  const seen = await look(token);
  expect(seen.body).toEqual({
    email: "grace@example.com",
    role: "operator",
    invitedBy: "of admin",
    expiresAt: sent.expiresAt,
  });
  const weak = await accept(token, "Grace", "short");
  expect(weak.status).toBe(400);
  const answer = await accept(token);
  expect(answer.status, answer.text).toBe(201);
  expect(answer.body).toMatchObject({ user: { email: "grace@example.com", role: "operator" } });
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const me = await server.request("GET", "/v1/auth/status", { cookie });
  expect(me.body).toMatchObject({ user: { name: "Grace Hopper" } });

  expect((await accept(token, "Mallory")).status).toBe(404);
  const [first] = (await list()).items;
  expect(first).toMatchObject({ email: "grace@example.com", acceptedAt: expect.any(String) });
  const again = await invite("GRACE@example.com");
  expect(again.status).toBe(409);
});

// Wrong links are counted: these tests together meet four before the one about guesses.
test("one link in two browsers at once makes one user", async () => {
  const { sent } = await invite("twice@example.com");
  const both = await Promise.all([accept(tokenIn(sent.link), "One"), accept(tokenIn(sent.link), "Two")]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 404]);
});

test("a revoked link, an expired one and one that was sent again open nothing", async () => {
  const revoked = (await invite("one@example.com")).sent;
  const gone = await server.request("DELETE", `/v1/invitations/${revoked.id}`, { bearer: admin });
  expect(gone.body).toMatchObject({ revokedAt: expect.any(String) });
  expect((await accept(tokenIn(revoked.link))).status).toBe(404);

  const old = (await invite("two@example.com", { expiresInDays: 1 })).sent;
  expect((await invite("two@example.com")).status).toBe(409);
  const path = `/v1/invitations/${old.id}/send`;
  const renewed = (await server.request("POST", path, { bearer: admin, body: {} })).body as SentInvitation;
  expect(renewed.id).toBe(old.id);
  expect((await look(tokenIn(old.link))).status).toBe(404);
  expect((await look(tokenIn(renewed.link))).status).toBe(200);

  await server.ground.db
    .sql`update invitations set expires_at = now() - interval '1 second' where id = ${old.id}`;
  const answer = await accept(tokenIn(renewed.link));
  expect(answer.status).toBe(404);
  expect(answer.text).toContain("Ask whoever invited you to send it again");
});

test("each step is a fact, and no fact and no row holds the link", async () => {
  const rows = await server.ground.db.sql<{ kind: string }[]>`
    select kind from facts where kind like 'security.invitation%' union
    select kind from facts_pending where kind like 'security.invitation%'`;
  expect(rows.map(({ kind }) => kind).sort()).toEqual([
    "security.invitation_accepted",
    "security.invitation_created",
    "security.invitation_renewed",
    "security.invitation_revoked",
  ]);
  const { sql } = server.ground.db;
  const everything = JSON.stringify([
    await sql`select * from facts`,
    await sql`select * from invitations`,
    await sql`select * from facts_pending`,
  ]);
  expect(everything).not.toContain("mci_");
});

test("guesses are limited", async () => {
  const answers = [];
  for (let count = 0; count < 6; count++) answers.push(await look(`mci_${"x".repeat(43)}`));
  expect(answers.map(({ status }) => status)).toContain(429);
});

test("a mail server that refuses leaves the link to the admin, who is told", async () => {
  mail.behave("refuse-for-good");
  const { status, sent } = await invite("lost@example.com");
  expect(status).toBe(201);
  expect(sent.link).toContain("/invite#mci_");
  await expect.poll(async () => (await list()).mail.lastFailure).toContain("did not take the mail");
  mail.behave("take");
});

test("a name with line breaks makes no header", async () => {
  await server.ground.db.sql`update api_tokens set name = ${"Eve\r\nBcc: all@example.com"}`;
  await invite("victim@example.com");
  const received = await mail.mailTo("victim@example.com");
  expect(received.headers).not.toMatch(/^Bcc:/im);
  expect(received.to).toEqual(["victim@example.com"]);
});
