import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { passwordResets, sessions, users } from "@/db/schema";
import { systemCtx } from "@/domain/kernel";
import { type Attempts, beginSession, createAttempts, login } from "@/domain/people/sessions";
import { changeUser, createUser, resetPassword, userByEmail } from "@/domain/people/users";
import { systemClock } from "@/platform/clock";
import { memoryLimits } from "@/platform/limits";
import { createMailer, type Mailer } from "@/platform/mail";
import { eventually } from "@/testing/eventually";
import { type TestGround, testGround } from "@/testing/ground";
import { type MailServer, startMailServer, startMuteServer } from "@/testing/mail-server";
import { askPasswordReset, type Post, resetPasswordByLink } from ".";

const password = "Correct-horse-7-battery";
const next = "Wandering-moss-31-lantern";
const consoleUrl = "https://control.example.com";

let ground: TestGround;
let mail: MailServer;
let mailer: Mailer;
let post: Post;
let attempts: Attempts;
let aheadMs = 0;
beforeAll(async () => {
  ground = await testGround({ clock: { ...systemClock, now: () => new Date(Date.now() + aheadMs) } });
  mail = await startMailServer();
  mailer = mailerTo(mail.url);
  post = { mailer, consoleUrl };
});
beforeEach(() => {
  aheadMs = 0;
  attempts = createAttempts(ground, memoryLimits());
});
afterAll(async () => {
  await mailer.close();
  await mail.stop();
  await ground.db.close();
});

const visitor = { ip: "127.0.0.9", userAgent: "test" };
const ctx = () => systemCtx(ground);
const mailerTo = (smtpUrl: string) => {
  const { clock, log } = ground;
  return createMailer({
    smtpUrl,
    mailFrom: "control@example.com",
    clock,
    log,
    timeoutMs: 5_000,
    retryMs: [],
  });
};
const ask = (identifier: string, how = post) =>
  askPasswordReset(ctx(), { identifier }, visitor, attempts, how);
const use = (token: string, wanted = next) =>
  resetPasswordByLink(ctx(), { token, password: wanted }, visitor, attempts);
const signIn = (identifier: string, typed: string) =>
  login(ctx(), { identifier, password: typed }, visitor, attempts);

async function person(name: string) {
  const email = `${name.toLowerCase()}@example.com`;
  await createUser(ctx(), { email, name, role: "viewer", password });
  const row = await userByEmail(ground.db.orm, email);
  if (!row) throw new Error("no such user");
  return row;
}
async function linkTo(email: string, wanted = 1): Promise<string> {
  await eventually(() => mail.received.filter(({ to }) => to.includes(email)).length >= wanted);
  const [, token] =
    /https:\/\/control\.example\.com\/reset#(mcp_[\w-]{43})/.exec((await mail.mailTo(email)).body) ?? [];
  if (!token) throw new Error("no link in the mail");
  return token;
}
const linksOf = (userId: string) =>
  ground.db.orm.select().from(passwordResets).where(eq(passwordResets.userId, userId));

test("a mailed link sets the password once, ends every session and voids the other links", async () => {
  const ada = await person("Ada");
  await beginSession(ctx(), ada, visitor, { cameBy: "password" });
  await ask("ada@example.com");
  const first = await linkTo("ada@example.com");
  await ask(" ADA@example.com ");
  const second = await linkTo("ada@example.com", 2);
  expect(second).not.toBe(first);
  await expect(use(second, "short")).rejects.toMatchObject({ code: "invalid" });
  await use(second);
  expect(await ground.db.orm.select().from(sessions).where(eq(sessions.userId, ada.id))).toEqual([]);
  await expect(use(second)).rejects.toMatchObject({ code: "not-found", details: { link: "gone" } });
  await expect(use(first)).rejects.toMatchObject({ code: "not-found" });
  await expect(signIn("ada@example.com", password)).rejects.toMatchObject({ code: "unauthenticated" });
  await signIn("ada@example.com", next);
});

test("the link is stored as a hash only", async () => {
  const hal = await person("Hal");
  await ask(hal.email);
  const token = await linkTo(hal.email);
  const rows = await ground.db.sql`select * from password_resets where user_id = ${hal.id}`;
  const facts = await ground.db.sql`select * from facts_pending`;
  expect(JSON.stringify([rows, facts])).not.toContain(token.slice(4));
});

test("after 30 minutes the link is over", async () => {
  const bob = await person("Bob");
  await ask(bob.email);
  const token = await linkTo(bob.email);
  aheadMs = 30 * 60_000 + 1_000;
  await expect(use(token)).rejects.toMatchObject({ code: "not-found" });
  aheadMs = 29 * 60_000;
  await use(token);
});

test("one link in two browsers at once sets one password", async () => {
  const cy = await person("Cy");
  await ask(cy.email);
  const token = await linkTo(cy.email);
  const both = await Promise.allSettled([use(token), use(token, "Other-river-22-candle")]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("an unknown address, a disabled user and one of single sign-on get the same answer after the same time", async () => {
  const eve = await person("Eve");
  await person("Dan");
  await changeUser(ctx(), { id: eve.id, disabled: true });
  const fay = await person("Fay");
  await ground.db.orm.update(users).set({ passwordHash: null }).where(eq(users.id, fay.id));
  for (const identifier of ["dan@example.com", "nobody@example.com", eve.email, fay.email]) {
    const startedAt = performance.now();
    expect(await ask(identifier)).toBeUndefined();
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(290);
    expect(tookMs).toBeLessThan(1_500);
  }
  await linkTo("dan@example.com");
  for (const { id } of [eve, fay]) expect(await linksOf(id)).toEqual([]);
  await eventually(() => mail.received.some(({ to }) => to.includes(fay.email)));
  const { headers, body } = await mail.mailTo(fay.email);
  expect(headers).toMatch(/without a password/);
  expect(body).toContain("single sign-on");
  expect(body).not.toContain("/reset#");
  const told = mail.received.flatMap(({ to }) => to);
  for (const other of ["nobody@example.com", eve.email]) expect(told).not.toContain(other);
});

test("five an hour for a place and for an address, known or not", async () => {
  const from = (ip: string, identifier: string) =>
    askPasswordReset(ctx(), { identifier }, { ip, userAgent: null }, attempts, post);
  await Promise.all(["1", "2", "3", "4", "5"].map((n) => from("127.0.0.20", `none${n}@example.com`)));
  await expect(from("127.0.0.20", "none6@example.com")).rejects.toMatchObject({ code: "too-many" });
  await Promise.all(["1", "2", "3", "4", "5"].map((n) => from(`127.0.0.3${n}`, "none@example.com")));
  await expect(from("127.0.0.36", "NONE@example.com")).rejects.toMatchObject({ code: "too-many" });
});

test("a mail server that refuses, hangs or is not there neither breaks nor slows the answer", async () => {
  const gus = await person("Gus");
  const mute = await startMuteServer();
  const hanging = mailerTo(mute.url);
  mail.behave("refuse-for-good");
  for (const how of [mailer, hanging, mailerTo("smtp://127.0.0.1:1")]) {
    const startedAt = performance.now();
    await ask(gus.email, { mailer: how, consoleUrl });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  }
  expect(await linksOf(gus.id)).toHaveLength(3);
  mail.behave("take");
  await mute.stop();
  await hanging.close();
});

test("a password that was changed otherwise voids the links", async () => {
  const ida = await person("Ida");
  await ask(ida.email);
  const token = await linkTo(ida.email);
  await resetPassword(ctx(), ida.email, next);
  await expect(use(token, "Other-river-22-candle")).rejects.toMatchObject({ code: "not-found" });
});

test("without mail it says so, the same for everybody", async () => {
  const off = { mailer: createMailer({ clock: ground.clock, log: ground.log }), consoleUrl };
  for (const identifier of ["ada@example.com", "nobody@example.com"]) {
    await expect(ask(identifier, off)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Ask an admin"),
    });
  }
});
