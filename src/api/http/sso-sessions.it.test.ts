import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { challenges, identities, sessions, ssoSessions, totpFactors, users } from "@/db/schema";
import { mainAccount } from "@/domain/kernel";
import { totpPurpose } from "@/domain/people/second-factor/totp";
import { renewSsoSessions } from "@/domain/people/sso";
import { hashPassword } from "@/platform/crypto";
import { eventually } from "@/testing/eventually";
import { claimsOf, people, SsoStage } from "@/testing/sso-stage";
import { totpCodeAt } from "@/testing/totp";
import { visitor } from "@/testing/visitor";

const stage = new SsoStage();
beforeAll(() => stage.open());
afterAll(() => stage.provider.stop());
beforeEach(() => stage.start());
afterEach(() => stage.server.stop());

test("an account of the same address is joined only once its owner has shown the local password", async () => {
  const password = "Correct-Horse-42-Battery";
  await stage.server.ground.db.orm.insert(users).values({
    ...{ id: "usr_local", accountId: mainAccount, email: "Local@example.test", name: "L", role: "viewer" },
    passwordHash: await hashPassword(password),
    createdAt: new Date(),
  });
  const thief = await stage.comeAs("thief");
  expect(thief.status).toBe(409);

  await stage.provider.sitDown("local");
  const visit = await visitor().visit(stage.startPath("/agents"), (next) => next.includes("/link"));
  const token = new URLSearchParams(new URL(visit.url).hash.slice(1)).get("token");
  expect(visit.headers.getSetCookie().join()).not.toContain("mc_session");
  expect(await stage.server.ground.db.orm.select().from(identities)).toEqual([]);

  const wrong = await stage.server.request("POST", "/v1/auth/sso/link", {
    body: { token, password: "wrong" },
  });
  expect(wrong.status).toBe(403);
  const right = await stage.server.request("POST", "/v1/auth/sso/link", { body: { token, password } });
  expect(right.status, right.text).toBe(200);
  expect(right.body).toMatchObject({ to: "/agents", user: { id: "usr_local", role: "operator" } });
  expect(right.headers.getSetCookie().join()).toContain("mc_session=");
  const again = await stage.server.request("POST", "/v1/auth/sso/link", { body: { token, password } });
  expect(again.status).toBe(401);
  await eventually(async () => (await stage.factsOf("security.sso_linked")).length === 1);

  const [session] = await stage.server.ground.db.orm.select().from(sessions);
  expect(session?.endsBy?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
  const next = await stage.comeAs("local");
  expect(next.status).toBe(200);
  expect(await stage.server.ground.db.orm.select().from(users)).toHaveLength(1);
});

test("who has a second factor here joins by it too: the password alone joins nothing", async () => {
  const password = "Correct-Horse-42-Battery";
  const { orm } = stage.server.ground.db;
  const at = new Date();
  await orm.insert(users).values({
    ...{ id: "usr_local", accountId: mainAccount, email: "local@example.test", name: "L", role: "viewer" },
    passwordHash: await hashPassword(password),
    createdAt: at,
  });
  const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  const sealedSecret = stage.server.ground.sealer.seal(secret, totpPurpose);
  const own = { userId: "usr_local", accountId: mainAccount };
  await orm.insert(totpFactors).values({ ...own, sealedSecret, createdAt: at, confirmedAt: at });
  await stage.provider.sitDown("local");
  const visit = await visitor().visit(stage.startPath("/agents"), (next) => next.includes("/link"));
  const token = new URLSearchParams(new URL(visit.url).hash.slice(1)).get("token");
  const link = (shown: object) =>
    stage.server.request("POST", "/v1/auth/sso/link", { body: { token, password, ...shown } });

  const asked = await link({});
  expect(asked.body, asked.text).toMatchObject({ next: "second-factor", methods: ["totp"] });
  const code = totpCodeAt(secret, new Date());
  const wrong = await link({ code: code === "000000" ? "000001" : "000000" });
  expect(wrong.status, wrong.text).toBe(403);
  expect(await orm.select().from(identities)).toEqual([]);
  expect(await orm.select().from(sessions)).toEqual([]);
  const right = await link({ code });
  expect(right.body, right.text).toMatchObject({ to: "/agents", user: { id: "usr_local" } });
  expect((await orm.select().from(sessions))[0]?.stepUpAt).not.toBeNull();
});

test("a session that began by joining goes on by its refresh token like any other", async () => {
  const password = "Correct-Horse-42-Battery";
  await stage.provider.setUp({ ...stage.setup, refreshTokens: true });
  const { orm } = stage.server.ground.db;
  await orm.insert(users).values({
    ...{ id: "usr_local", accountId: mainAccount, email: "local@example.test", name: "L", role: "viewer" },
    passwordHash: await hashPassword(password),
    createdAt: new Date(),
  });
  await stage.provider.sitDown("local");
  const visit = await visitor().visit(stage.startPath("/"), (next) => next.includes("/link"));
  const token = new URLSearchParams(new URL(visit.url).hash.slice(1)).get("token");
  const waiting = JSON.stringify(await orm.select().from(challenges));
  expect(waiting).toContain('"sealedRefreshToken":"s1.');
  const joined = await stage.server.request("POST", "/v1/auth/sso/link", { body: { token, password } });
  expect(joined.status, joined.text).toBe(200);
  expect(await orm.select().from(ssoSessions)).toHaveLength(1);

  await orm.update(sessions).set({ endsBy: new Date(Date.now() + 30_000) });
  await orm.update(ssoSessions).set({ renewedAt: new Date(Date.now() - 120_000) });
  await renewAll();
  expect((await orm.select().from(sessions))[0]?.endsBy?.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
});

test("whom the provider drops is out within ten minutes, however long the token would have lived", async () => {
  await stage.provider.setUp({ ...stage.setup, refreshTokens: true });
  const visit = await stage.comeAs("bob");
  const cookie = visit.browser.cookiesFor(stage.server.url);
  const { orm } = stage.server.ground.db;
  await stage.provider.know(people.filter(({ id }) => id !== "bob"));
  await orm.update(ssoSessions).set({ renewedAt: new Date(Date.now() - 9 * 60_000) });
  await renewAll();
  expect((await stage.statusFor(cookie)).user).toMatchObject({ email: "bob@example.test" });
  await orm.update(ssoSessions).set({ renewedAt: new Date(Date.now() - 10 * 60_000) });
  await renewAll();
  expect((await stage.statusFor(cookie)).user).toBeNull();
});

async function renewAll(): Promise<void> {
  const { sso } = stage.server.runtime;
  if (!sso) throw new Error("single sign-on is not set up");
  await renewSsoSessions(stage.server.ground, sso);
}

test("a refresh token is kept sealed, and goes with its session", async () => {
  await stage.provider.setUp({ ...stage.setup, refreshTokens: true });
  const visit = await stage.comeAs("ada");
  expect(visit.status, visit.text).toBe(200);
  const [kept] = await stage.server.ground.db.orm.select().from(ssoSessions);
  expect(kept?.sealedRefreshToken).toMatch(/^s1\./);
  await stage.server.request("POST", "/v1/auth/logout", {
    cookie: visit.browser.cookiesFor(stage.server.url),
  });
  expect(await stage.server.ground.db.orm.select().from(ssoSessions)).toEqual([]);
});

test("a session goes on by its refresh token as long as the provider vouches, with the groups of now", async () => {
  await stage.provider.setUp({ ...stage.setup, refreshTokens: true, idTokenSeconds: 300 });
  const visit = await stage.comeAs("bob");
  const cookie = visit.browser.cookiesFor(stage.server.url);
  const { orm } = stage.server.ground.db;
  const { sso } = stage.server.runtime;
  if (!sso) throw new Error("single sign-on is not set up");
  const soon = new Date(Date.now() + 30_000);
  const beDue = async () => {
    await orm.update(sessions).set({ endsBy: soon });
    await orm.update(ssoSessions).set({ renewedAt: new Date(Date.now() - 120_000) });
  };
  const endsBy = async () => (await orm.select().from(sessions))[0]?.endsBy ?? null;

  await beDue();
  const bob = { id: "bob", claims: claimsOf("bob", { roles: ["mc.viewer"] }) };
  await stage.provider.know([...people.filter(({ id }) => id !== "bob"), bob]);
  await renewSsoSessions(stage.server.ground, sso);
  expect((await endsBy())?.getTime()).toBeGreaterThan(Date.now() + 200_000);
  expect((await stage.statusFor(cookie)).user).toMatchObject({ role: "viewer" });

  await beDue();
  await stage.provider.goAway();
  await renewSsoSessions(stage.server.ground, sso);
  await stage.provider.comeBack();
  expect(await endsBy()).toEqual(soon);

  await stage.provider.know(people.filter(({ id }) => id !== "bob"));
  await renewSsoSessions(stage.server.ground, sso);
  expect(await endsBy()).toBeNull();
  expect((await stage.statusFor(cookie)).user).toBeNull();
  await eventually(async () => (await stage.factsOf("security.session_revoked")).length === 1);
});

test("without a refresh token the session ends with the token", async () => {
  const visit = await stage.comeAs("ada");
  await stage.server.ground.db.orm.update(sessions).set({ endsBy: new Date(Date.now() - 1) });
  expect((await stage.statusFor(visit.browser.cookiesFor(stage.server.url))).user).toBeNull();
});
