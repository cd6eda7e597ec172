import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sessions, totpFactors } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { createAuthenticator, login, sessionCookies } from "@/domain/people/sessions";
import { createToken } from "@/domain/people/tokens";
import { changeUser, createUser } from "@/domain/people/users";
import { sha256Hex } from "@/platform/crypto";
import {
  attempts,
  closeStage,
  code,
  enrolled,
  ground,
  kindsFor,
  newAddress,
  now,
  openStage,
  pass,
  password,
  person,
  signedIn,
  stepMs,
  stranger,
  system,
  ticketOf,
  visitor,
} from "@/testing/second-factor-stage";
import {
  beginTotp,
  confirmTotp,
  disableSecondFactor,
  finishLogin,
  makeRecoveryCodes,
  removeTotp,
  requireSecondFactor,
  stepUp,
} from ".";

beforeAll(openStage);
afterAll(closeStage);

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
  pass(3 * stepMs);
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
  expect(session).toMatchObject({ cameBy: "second-factor", stepUpAt: now() });
  await expect(finish(used)).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(finish(code(eve.secret, -1))).rejects.toMatchObject({ code: "unauthenticated" });
  expect((await kindsFor(eve.id)).filter((kind) => kind === "security.second_factor_failed")).toHaveLength(2);
  pass(stepMs);
});

test("of several tries with one code at the same moment one wins", async () => {
  const ida = await enrolled();
  const tickets = await Promise.all(Array.from({ length: 4 }, () => ticketOf(ida.email)));
  const typed = code(ida.secret);
  const tries = await Promise.allSettled(
    tickets.map((ticket) => finishLogin(stranger(), { ticket, code: typed }, visitor, attempts())),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  pass(stepMs);
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
  pass(5 * 60_000);
  await expect(finish(late, code(kim.secret))).rejects.toThrow("This sign-in is over");
});

test("dangerous acts take a code not older than ten minutes; tokens and people without a factor are not asked", async () => {
  const boss = await enrolled("admin");
  const make = (ctx: Ctx) => createUser(ctx, { email: newAddress(), name: "Made", role: "admin", password });
  await make(boss.ctx);
  pass(10 * 60_000);
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
  pass(10 * 60_000);
  await make(boss.ctx);
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
