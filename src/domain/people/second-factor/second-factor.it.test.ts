import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { factsPending, recoveryCodes, sessions, totpFactors } from "@/db/schema";
import { type Ctx, systemCtx } from "@/domain/kernel";
import { createAttempts, createAuthenticator, login, sessionCookies } from "@/domain/people/sessions";
import { createToken } from "@/domain/people/tokens";
import { changeUser, createUser } from "@/domain/people/users";
import { systemClock } from "@/platform/clock";
import { sha256Hex } from "@/platform/crypto";
import { memoryLimits } from "@/platform/limits";
import { type TestGround, testGround } from "@/testing/ground";
import { totpCodeAt } from "@/testing/totp";
import {
  beginTotp,
  confirmTotp,
  disableSecondFactor,
  finishLogin,
  makeRecoveryCodes,
  recover,
  removeTotp,
  requireSecondFactor,
  stepUp,
} from ".";

const stepMs = 30_000;
const password = "Correct-horse-7-battery";
const next = "Wandering-moss-31-lantern";
const visitor = { ip: "127.0.0.1", userAgent: "test" };

let ground: TestGround;
/** In the middle of a step, so that no test crosses its edge. */
let nowMs = Date.UTC(2026, 0, 1, 0, 0, 15);
beforeAll(async () => {
  const clock = { ...systemClock, now: () => new Date(nowMs), sleep: async () => {} };
  ground = await testGround({ clock });
});
afterAll(() => ground.db.close());

const attempts = () => createAttempts(ground, memoryLimits());
const system = () => systemCtx(ground);
const stranger = (): Ctx => ({
  ...system(),
  actor: { kind: "anonymous", id: "anonymous", name: "Not signed in" },
});

let count = 0;
async function person(role: "viewer" | "admin" = "viewer") {
  const email = `user${++count}@example.com`;
  const user = await createUser(system(), { email, name: `Somebody ${count}`, role, password });
  return { ...user, ctx: await signedIn(user.id, email, role) };
}
async function ticketOf(identifier: string, typed = password) {
  const answer = await login(stranger(), { identifier, password: typed }, visitor, attempts());
  if (!("next" in answer)) throw new Error("no second factor was asked for");
  return answer.ticket;
}
async function signedIn(id: string, identifier: string, role: "viewer" | "admin"): Promise<Ctx> {
  const answer = await login(stranger(), { identifier, password }, visitor, attempts());
  if (!("token" in answer)) throw new Error("a second factor was asked for");
  const actor = { kind: "user" as const, id, name: identifier };
  return { ...system(), actor, role, sessionId: sha256Hex(answer.token) };
}
const code = (secret: string, steps = 0) => totpCodeAt(secret, new Date(nowMs + steps * stepMs));
async function enrolled(role: "viewer" | "admin" = "viewer") {
  const who = await person(role);
  const { secret } = await beginTotp(who.ctx);
  const { recoveryCodes: codes } = await confirmTotp(who.ctx, code(secret), attempts());
  nowMs += 2 * stepMs;
  return { ...who, secret, codes };
}
const kindsFor = async (userId: string) =>
  (await ground.db.orm.select().from(factsPending))
    .filter((fact) => fact.target?.id === userId)
    .map((fact) => fact.kind);

test("an app counts only once a code of it was seen; the secret is stored sealed", async () => {
  const ada = await person();
  const begun = await beginTotp(ada.ctx);
  expect(begun.url).toMatch(
    /^otpauth:\/\/totp\/Mission%20Control:user\d+%40example\.com\?.*secret=[A-Z2-7]{32}/,
  );
  expect(begun.qrSvg).toMatch(/^<svg /);
  const [row] = await ground.db.orm.select().from(totpFactors).where(eq(totpFactors.userId, ada.id));
  expect(JSON.stringify(row)).not.toContain(begun.secret);
  await expect(confirmTotp(ada.ctx, "000000", attempts())).rejects.toMatchObject({ code: "invalid" });
  await signedIn(ada.id, ada.email, "viewer");

  const again = await beginTotp(ada.ctx);
  await expect(confirmTotp(ada.ctx, code(begun.secret), attempts())).rejects.toMatchObject({
    code: "invalid",
  });
  await confirmTotp(ada.ctx, code(again.secret), attempts());
  await expect(beginTotp(ada.ctx)).rejects.toMatchObject({ code: "conflict" });
  expect(await ticketOf(ada.email)).toHaveLength(43);
  const open = await ground.db.orm.select().from(sessions).where(eq(sessions.userId, ada.id));
  expect(
    open.map(({ id }) => id),
    "the sessions begun without it end",
  ).toEqual([ada.ctx.sessionId]);
});

test("codes of the step before and after count, two steps away they don't", async () => {
  const bob = await enrolled();
  const finish = async (steps: number) =>
    finishLogin(
      stranger(),
      { ticket: await ticketOf(bob.email), code: code(bob.secret, steps) },
      visitor,
      attempts(),
    );
  await expect(finish(-2)).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(finish(2)).rejects.toMatchObject({ code: "unauthenticated" });
  await finish(-1);
  await finish(0);
  await finish(1);
  nowMs += 3 * stepMs;
});

test("no code works twice, nor one older than the last", async () => {
  const eve = await enrolled();
  const used = code(eve.secret);
  const finish = async (typed: string) =>
    finishLogin(stranger(), { ticket: await ticketOf(eve.email), code: typed }, visitor, attempts());
  const { token } = await finish(used);
  const [session] = await ground.db.orm
    .select()
    .from(sessions)
    .where(eq(sessions.id, sha256Hex(token)));
  expect(session).toMatchObject({ cameBy: "second-factor", stepUpAt: new Date(nowMs) });
  await expect(finish(used)).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(finish(code(eve.secret, -1))).rejects.toMatchObject({ code: "unauthenticated" });
  expect((await kindsFor(eve.id)).filter((kind) => kind === "security.second_factor_failed")).toHaveLength(2);
  nowMs += stepMs;
});

test("of several tries with one code at the same moment one wins", async () => {
  const ida = await enrolled();
  const tickets = await Promise.all(Array.from({ length: 4 }, () => ticketOf(ida.email)));
  const typed = code(ida.secret);
  const tries = await Promise.allSettled(
    tickets.map((ticket) => finishLogin(stranger(), { ticket, code: typed }, visitor, attempts())),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  nowMs += stepMs;
});

test("five wrong codes end a ticket, five minutes end it, and it works once", async () => {
  const kim = await enrolled();
  const guard = attempts();
  const finish = (ticket: string, typed: string, with_ = attempts()) =>
    finishLogin(stranger(), { ticket, code: typed }, visitor, with_);
  const spent = await ticketOf(kim.email);
  for (let guess = 0; guess < 5; guess++) {
    await expect(finish(spent, `00000${guess}`)).rejects.toMatchObject({ code: "unauthenticated" });
  }
  await expect(finish(spent, code(kim.secret))).rejects.toThrow("This sign-in is over");

  for (let guess = 0; guess < 5; guess++) {
    await expect(finish(await ticketOf(kim.email), "000000", guard)).rejects.toThrow("not right");
  }
  const fresh = await ticketOf(kim.email);
  await expect(
    finish(fresh, code(kim.secret), guard),
    "a new ticket gives no new tries",
  ).rejects.toMatchObject({
    code: "too-many",
  });
  await finish(fresh, code(kim.secret));
  await expect(finish(fresh, code(kim.secret, 1))).rejects.toThrow("This sign-in is over");

  const late = await ticketOf(kim.email);
  nowMs += 5 * 60_000;
  await expect(finish(late, code(kim.secret))).rejects.toThrow("This sign-in is over");
});

test("dangerous acts take a code not older than ten minutes; tokens and people without a factor are not asked", async () => {
  const boss = await enrolled("admin");
  const make = (ctx: Ctx) =>
    createUser(ctx, { email: `made${++count}@example.com`, name: "Made", role: "admin", password });
  await make(boss.ctx);
  nowMs += 10 * 60_000;
  const refusal = { code: "forbidden", details: { stepUp: true } };
  await expect(make(boss.ctx)).rejects.toMatchObject(refusal);
  await expect(createToken(boss.ctx, { name: "t", role: "admin" })).rejects.toMatchObject(refusal);
  await expect(changeUser(boss.ctx, { id: boss.id, disabled: true })).rejects.toMatchObject(refusal);
  await expect(requireSecondFactor(boss.ctx, [])).rejects.toMatchObject(refusal);
  await expect(removeTotp(boss.ctx)).rejects.toMatchObject(refusal);
  await expect(makeRecoveryCodes(boss.ctx, password, attempts())).rejects.toMatchObject(refusal);
  await createToken(boss.ctx, { name: "only looks", role: "viewer" });
  await make({ ...boss.ctx, sessionId: null, actor: { kind: "token", id: "tok_1", name: "nightly" } });

  await expect(stepUp(boss.ctx, { code: "000000" }, visitor, attempts())).rejects.toMatchObject({
    code: "forbidden",
  });
  await stepUp(boss.ctx, { code: code(boss.secret) }, visitor, attempts());
  await make(boss.ctx);
  await removeTotp(boss.ctx);
  expect(await kindsFor(boss.id)).toEqual(
    expect.arrayContaining([
      "security.second_factor_added",
      "security.second_factor_failed",
      "security.stepped_up",
      "security.second_factor_removed",
    ]),
  );
  nowMs += 10 * 60_000;
  await make(boss.ctx);
});

test("ten recovery codes of unmistakable letters, stored as argon2id; new ones void the old", async () => {
  const lee = await enrolled();
  expect(lee.codes).toHaveLength(10);
  for (const made of lee.codes) expect(made).toMatch(/^(?:[A-HJ-NP-Z2-9]{4}-){2}[A-HJ-NP-Z2-9]{4}$/);
  expect(new Set(lee.codes).size).toBe(10);
  const rows = await ground.db.orm.select().from(recoveryCodes).where(eq(recoveryCodes.userId, lee.id));
  for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$/);
  const { recoveryCodes: anew } = await makeRecoveryCodes(lee.ctx, undefined, attempts());
  const [old = "", fresh = ""] = [lee.codes[0], anew[0]];
  const given = { identifier: lee.email, password: next };
  await expect(recover(stranger(), { ...given, code: old }, visitor, attempts())).rejects.toMatchObject({
    code: "unauthenticated",
  });
  await recover(stranger(), { ...given, code: fresh }, visitor, attempts());
});

test("without a factor new recovery codes take the password", async () => {
  const { ctx } = await person();
  await expect(makeRecoveryCodes(ctx, undefined, attempts())).rejects.toMatchObject({ code: "forbidden" });
  await expect(makeRecoveryCodes(ctx, "wrong", attempts())).rejects.toMatchObject({ code: "forbidden" });
  expect((await makeRecoveryCodes(ctx, password, attempts())).recoveryCodes).toHaveLength(10);
});

test("a recovery code sets a password, voids the others, ends every session and replaces a lost app", async () => {
  const mia = await enrolled();
  const [first = "", second = ""] = mia.codes;
  const given = { identifier: mia.email, password: next };
  await expect(
    recover(stranger(), { ...given, code: first, password: "short" }, visitor, attempts()),
  ).rejects.toMatchObject({ code: "invalid" });
  const { token } = await recover(
    stranger(),
    { ...given, code: first.toLowerCase().replaceAll("-", "") },
    visitor,
    attempts(),
  );
  const open = await ground.db.orm.select().from(sessions).where(eq(sessions.userId, mia.id));
  expect(open).toMatchObject([{ id: sha256Hex(token), cameBy: "recovery-code" }]);
  await expect(recover(stranger(), { ...given, code: second }, visitor, attempts())).rejects.toMatchObject({
    code: "unauthenticated",
  });
  expect(await kindsFor(mia.id)).toEqual(
    expect.arrayContaining([
      "security.recovery_code_used",
      "security.password_changed",
      "security.recovery_failed",
    ]),
  );
  expect(await ticketOf(mia.email, next), "the app still counts").toBeTruthy();
  const recovered = { ...mia.ctx, sessionId: sha256Hex(token) };
  await removeTotp(recovered);
  const { secret } = await beginTotp(recovered);
  await confirmTotp(recovered, code(secret), attempts());
});

test("of two tries with codes of one set at the same moment one wins", async () => {
  const noa = await enrolled();
  const tries = await Promise.allSettled(
    noa.codes
      .slice(0, 3)
      .map((typed) =>
        recover(stranger(), { identifier: noa.email, code: typed, password: next }, visitor, attempts()),
      ),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("unknown, disabled and wrong get one answer from recovery", async () => {
  const off = await enrolled();
  await changeUser(system(), { id: off.id, disabled: true });
  const here = await enrolled();
  const said: string[] = [];
  for (const [identifier, typed] of [
    ["nobody@example.com", "ABCD-EFGH-JKLM"],
    [off.email, off.codes[0] ?? ""],
    [here.email, "ABCD-EFGH-JKLM"],
  ] as const) {
    await recover(stranger(), { identifier, code: typed, password: next }, visitor, attempts()).catch(
      (error: Error) => said.push(error.message),
    );
  }
  expect(said).toHaveLength(3);
  expect(new Set(said).size).toBe(1);
});

test("who must have a factor and has none must enrol first, until one is confirmed", async () => {
  const url = "http://127.0.0.1:3000";
  const sam = await person();
  const answer = await login(stranger(), { identifier: sam.email, password }, visitor, attempts());
  const [cookie = ""] =
    "token" in answer ? sessionCookies(ground, url).carrying(answer.token).split(";") : [];
  const mustEnrol = async () => (await createAuthenticator(ground, { url })({ cookie })).mustEnrol;
  expect(await mustEnrol()).toBe(false);
  await requireSecondFactor(system(), ["admin"]);
  expect(await mustEnrol()).toBe(false);
  await requireSecondFactor(system(), ["viewer", "admin"]);
  expect(await mustEnrol()).toBe(true);
  const ctx = { ...sam.ctx, sessionId: sha256Hex("token" in answer ? answer.token : "") };
  const { secret } = await beginTotp(ctx);
  expect(await mustEnrol()).toBe(true);
  await confirmTotp(ctx, code(secret), attempts());
  expect(await mustEnrol()).toBe(false);
  await requireSecondFactor(system(), []);
});

test("rescue switches a second factor off and ends every session", async () => {
  const zoe = await enrolled();
  expect(await disableSecondFactor(system(), zoe.email)).toEqual({ id: zoe.id, removed: true });
  expect(await ground.db.orm.select().from(sessions).where(eq(sessions.userId, zoe.id))).toEqual([]);
  await signedIn(zoe.id, zoe.email, "viewer");
  expect(await disableSecondFactor(system(), zoe.email)).toEqual({ id: zoe.id, removed: false });
  await expect(disableSecondFactor(system(), "nobody@example.com")).rejects.toMatchObject({
    code: "not-found",
  });
});
