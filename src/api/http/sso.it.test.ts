import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { identities, sessions, ssoSessions, users } from "@/db/schema";
import { mainAccount } from "@/domain/kernel";
import { createSso, renewSsoSessions, ssoSettings } from "@/domain/people/sso";
import { hashPassword } from "@/platform/crypto";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { eventually } from "@/testing/eventually";
import {
  type IdentityPerson,
  type IdentityProvider,
  type IdentitySetup,
  startIdentityProvider,
} from "@/testing/identity-provider";
import { visitor } from "@/testing/visitor";

const overage = {
  _claim_names: { groups: "src1" },
  _claim_sources: { src1: { endpoint: "https://graph.windows.net/somewhere/getMemberObjects" } },
};
const claimsOf = (id: string, more: object) => ({
  email: `${id}@example.test`,
  email_verified: true,
  name: `The ${id}`,
  ...more,
});
const people: IdentityPerson[] = [
  { id: "ada", claims: claimsOf("ada", { groups: ["staff", "ops-admins"] }) },
  { id: "bob", claims: claimsOf("bob", { groups: ["staff"] }) },
  { id: "eve", claims: claimsOf("eve", { groups: ["visitors <b>"] }) },
  { id: "role", claims: claimsOf("role", { roles: ["mc.viewer"] }) },
  { id: "many", claims: claimsOf("many", overage), groupsElsewhere: ["x", "y", "z", "staff"] },
  { id: "local", claims: claimsOf("local", { groups: ["staff"] }) },
  { id: "thief", claims: { ...claimsOf("local", { groups: ["ops-admins"] }), email_verified: false } },
];

let provider: IdentityProvider;
let server: ApiServer;
let setup: IdentitySetup;

beforeAll(async () => {
  provider = await startIdentityProvider();
});
afterAll(() => provider.stop());

async function start(
  settings: Record<string, string> = {},
  over: Partial<IdentitySetup> = {},
): Promise<void> {
  server = await startApiServer({
    settings: {
      MC_OIDC_ISSUER: provider.issuer,
      MC_OIDC_CLIENT_ID: "mission control",
      MC_OIDC_CLIENT_SECRET: "secret: with/odd+signs%",
      MC_OIDC_GROUP_MAP: "ops-admins=admin,staff=operator,mc.viewer=viewer",
      ...settings,
    },
  });
  setup = {
    clientId: "mission control",
    clientSecret: "secret: with/odd+signs%",
    redirectUri: `${server.url}/auth/sso/callback`,
    people,
    ...over,
  };
  await provider.setUp(setup);
}
beforeEach(() => start());
afterEach(() => server.stop());

const startPath = (to = "/") => `${server.url}/auth/sso/start?to=${encodeURIComponent(to)}`;
async function comeAs(id: string | null, to = "/", browser = visitor()) {
  await provider.sitDown(id);
  return {
    browser,
    ...(await browser.visit(startPath(to), (next) => next.startsWith(`${server.url}/login`))),
  };
}
const userOf = async (id: string) =>
  (
    await server.ground.db.orm
      .select()
      .from(users)
      .where(eq(users.email, `${id}@example.test`))
  )[0];
const factsOf = (kind: string) => server.ground.db.sql`select * from facts where kind = ${kind}`;
const statusFor = async (cookie: string) => (await server.request("GET", "/v1/auth/status", { cookie })).body;

test("who the provider vouches for comes in, is made at the first visit, and goes on where they wanted", async () => {
  const visit = await comeAs("ada", "/agents?group=<x>&y=1#top");
  expect(visit.status, visit.text).toBe(200);
  expect(visit.text).toContain('http-equiv="refresh" content="0;url=/agents?group=%3Cx%3E&amp;y=1#top"');
  const [session = ""] = visit.headers.getSetCookie().filter((one) => one.startsWith("mc_session"));
  expect(session).toMatch(/HttpOnly/);
  expect(session).toMatch(/SameSite=Strict/);
  expect(visit.headers.getSetCookie().join()).toContain("mc_sso=; Max-Age=0");

  expect(await statusFor(visit.browser.cookiesFor(server.url))).toMatchObject({
    sso: "oidc",
    user: { email: "ada@example.test", name: "The ada", role: "admin" },
  });
  expect((await userOf("ada"))?.passwordHash).toBeNull();
  const [row] = await server.ground.db.orm.select().from(sessions);
  expect(row).toMatchObject({ cameBy: "sso" });
  const lastsMs = (row?.endsBy?.getTime() ?? 0) - Date.now();
  expect(lastsMs).toBeGreaterThan(3_500_000);
  expect(lastsMs).toBeLessThan(3_700_000);
  await eventually(async () => (await factsOf("security.login_succeeded"))[0]?.data.cameBy === "sso");

  await comeAs("ada");
  expect(await server.ground.db.orm.select().from(identities)).toHaveLength(1);
});

test("the request carries PKCE, state and nonce, and its cookie is lax, sealed and short", async () => {
  await provider.sitDown("ada");
  const first = await visitor().visit(startPath(), () => true);
  const { searchParams } = new URL(first.url);
  expect(first.status).toBe(303);
  expect(searchParams.get("code_challenge_method")).toBe("S256");
  for (const name of ["state", "nonce", "code_challenge"])
    expect(searchParams.get(name)).toMatch(/^[\w-]{43}$/);
  const [cookie = ""] = first.headers.getSetCookie();
  expect(cookie).toMatch(/^mc_sso=s1\.[\w-]+; Max-Age=600; HttpOnly; SameSite=Lax; Path=\/$/);
  expect(cookie).not.toContain(searchParams.get("state"));
});

test("groups and app roles give the role; the first rule that fits decides, and it follows at each sign-in", async () => {
  await comeAs("bob");
  expect((await userOf("bob"))?.role).toBe("operator");
  await comeAs("role");
  expect((await userOf("role"))?.role).toBe("viewer");
  const promoted = { id: "bob", claims: claimsOf("bob", { groups: ["staff", "ops-admins"] }) };
  await provider.know([...people.filter(({ id }) => id !== "bob"), promoted]);
  await comeAs("bob");
  expect((await userOf("bob"))?.role).toBe("admin");
  const fact = await eventually(async () => (await factsOf("user.role_changed"))[0]);
  expect(fact).toMatchObject({
    before: { role: "operator" },
    after: { role: "admin" },
    actor: { id: "sso" },
  });
});

test("who has no group with a role is refused, on a page that names what is missing", async () => {
  const visit = await comeAs("eve");
  expect(visit.status).toBe(403);
  expect(visit.text).toContain("You are in: visitors &lt;b&gt;.");
  expect(visit.text).toContain("ops-admins, staff, mc.viewer");
  expect(await userOf("eve")).toBeUndefined();
  expect(visit.browser.cookiesFor(server.url)).toBe("");
  const fact = await eventually(async () => (await factsOf("security.sso_refused"))[0]);
  expect(fact).toMatchObject({ data: { because: "no-role", subject: "eve", email: "eve@example.test" } });
});

test("groups that did not fit into the token are asked for, else the page says what an admin has to do", async () => {
  const refused = await comeAs("many");
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("more groups than fit into a sign-in");
  expect(refused.text).toContain("MC_OIDC_GROUPS_URL");
  await server.stop();
  await start({ MC_OIDC_GROUPS_URL: `${provider.issuer}/groups` });
  const visit = await comeAs("many");
  expect(visit.status, visit.text).toBe(200);
  expect((await userOf("many"))?.role).toBe("operator");
});

test("claims that are told at the userinfo endpoint only count as well", async () => {
  await provider.setUp({ ...setup, claimsAtUserinfo: true });
  const visit = await comeAs("ada");
  expect(visit.status, visit.text).toBe(200);
  expect(await userOf("ada")).toMatchObject({ role: "admin", name: "The ada" });
});

test("a user who was switched off here is refused", async () => {
  await comeAs("bob");
  await server.ground.db.orm
    .update(users)
    .set({ disabledAt: new Date() })
    .where(eq(users.email, "bob@example.test"));
  const visit = await comeAs("bob");
  expect(visit.status).toBe(403);
  expect(visit.text).toContain("switched off by an admin");
});

test("an answer is worth something once, in the browser that asked, and with its own state", async () => {
  await provider.sitDown("ada");
  const browser = visitor();
  const isBack = (next: string) => next.startsWith(`${server.url}/auth/sso/callback`);
  const { url } = await browser.visit(startPath(), isBack);
  const stranger = await visitor().visit(url);
  expect(stranger.status).toBe(400);
  expect(stranger.text).toContain("no sign-in under way");

  const other = visitor();
  await other.visit(startPath(), isBack);
  const forged = await other.visit(url);
  expect(forged.status).toBe(400);
  expect(forged.text).toContain("begun elsewhere");

  const copy = browser.twin();
  expect((await browser.visit(url)).status).toBe(200);
  const replayed = await copy.visit(url);
  expect(replayed.status).toBe(400);
  expect(replayed.text).toContain("finished already");
  expect(await server.ground.db.orm.select().from(sessions)).toHaveLength(1);
});

test("whoever breaks off at the provider reads that", async () => {
  const visit = await comeAs(null);
  expect(visit.status).toBe(403);
  expect(visit.text).toContain("did not let you in (access_denied)");
});

test("the way on is a path of ours, or the board", async () => {
  const browser = visitor();
  for (const to of [
    "https://evil.test/",
    "//evil.test",
    "/\\evil.test",
    "javascript:alert(1)",
    "/..//evil.test",
  ]) {
    const visit = await comeAs("ada", to, browser);
    expect(visit.status, to).toBe(200);
    expect(visit.text, to).toContain('content="0;url=/"');
    expect(visit.text, to).not.toContain("evil");
  }
});

test("while the issuer is away the sign-in page says so, and local accounts come in", async () => {
  const passwordHash = await hashPassword("Correct-Horse-42-Battery");
  await server.ground.db.orm.insert(users).values({
    ...{ id: "usr_local", accountId: mainAccount, email: "local@example.test", name: "L", role: "admin" },
    passwordHash,
    createdAt: new Date(),
  });
  await provider.goAway();
  try {
    const visit = await visitor().visit(startPath("/agents"), (next) => next.includes("/login"));
    expect(visit.url).toBe(`${server.url}/login?reason=sso-down&to=%2Fagents`);
    const body = { identifier: "local@example.test", password: "Correct-Horse-42-Battery" };
    expect((await server.request("POST", "/v1/auth/login", { body })).status).toBe(200);
  } finally {
    await provider.comeBack();
  }
});

test("an account of the same address is joined only once its owner has shown the local password", async () => {
  const password = "Correct-Horse-42-Battery";
  await server.ground.db.orm.insert(users).values({
    ...{ id: "usr_local", accountId: mainAccount, email: "Local@example.test", name: "L", role: "viewer" },
    passwordHash: await hashPassword(password),
    createdAt: new Date(),
  });
  const thief = await comeAs("thief");
  expect(thief.status).toBe(409);

  await provider.sitDown("local");
  const visit = await visitor().visit(startPath("/agents"), (next) => next.includes("/link"));
  const token = new URLSearchParams(new URL(visit.url).hash.slice(1)).get("token");
  expect(visit.headers.getSetCookie().join()).not.toContain("mc_session");
  expect(await server.ground.db.orm.select().from(identities)).toEqual([]);

  const wrong = await server.request("POST", "/v1/auth/sso/link", { body: { token, password: "wrong" } });
  expect(wrong.status).toBe(403);
  const right = await server.request("POST", "/v1/auth/sso/link", { body: { token, password } });
  expect(right.status, right.text).toBe(200);
  expect(right.body).toMatchObject({ to: "/agents", user: { id: "usr_local", role: "operator" } });
  expect(right.headers.getSetCookie().join()).toContain("mc_session=");
  const again = await server.request("POST", "/v1/auth/sso/link", { body: { token, password } });
  expect(again.status).toBe(401);
  await eventually(async () => (await factsOf("security.sso_linked")).length === 1);

  const next = await comeAs("local");
  expect(next.status).toBe(200);
  expect(await server.ground.db.orm.select().from(users)).toHaveLength(1);
});

test("a refresh token is kept sealed, and goes with its session", async () => {
  await provider.setUp({ ...setup, refreshTokens: true });
  const visit = await comeAs("ada");
  expect(visit.status, visit.text).toBe(200);
  const [kept] = await server.ground.db.orm.select().from(ssoSessions);
  expect(kept?.sealedRefreshToken).toMatch(/^s1\./);
  await server.request("POST", "/v1/auth/logout", { cookie: visit.browser.cookiesFor(server.url) });
  expect(await server.ground.db.orm.select().from(ssoSessions)).toEqual([]);
});

test("a session goes on by its refresh token as long as the provider vouches, with the groups of now", async () => {
  await provider.setUp({ ...setup, refreshTokens: true, idTokenSeconds: 300 });
  const visit = await comeAs("bob");
  const cookie = visit.browser.cookiesFor(server.url);
  const { orm } = server.ground.db;
  const settings = ssoSettings(server.runtime.env);
  if (!settings) throw new Error("single sign-on is not set up");
  const sso = createSso(settings, server.ground);
  const soon = new Date(Date.now() + 30_000);
  const beDue = async () => {
    await orm.update(sessions).set({ endsBy: soon });
    await orm.update(ssoSessions).set({ renewedAt: new Date(Date.now() - 120_000) });
  };
  const endsBy = async () => (await orm.select().from(sessions))[0]?.endsBy ?? null;

  await beDue();
  const bob = { id: "bob", claims: claimsOf("bob", { roles: ["mc.viewer"] }) };
  await provider.know([...people.filter(({ id }) => id !== "bob"), bob]);
  await renewSsoSessions(server.ground, sso);
  expect((await endsBy())?.getTime()).toBeGreaterThan(Date.now() + 200_000);
  expect((await statusFor(cookie)).user).toMatchObject({ role: "viewer" });

  await beDue();
  await provider.goAway();
  await renewSsoSessions(server.ground, sso);
  await provider.comeBack();
  expect(await endsBy()).toEqual(soon);

  await provider.know(people.filter(({ id }) => id !== "bob"));
  await renewSsoSessions(server.ground, sso);
  expect(await endsBy()).toBeNull();
  expect((await statusFor(cookie)).user).toBeNull();
  await eventually(async () => (await factsOf("security.session_revoked")).length === 1);
  sso.close();
});

test("without a refresh token the session ends with the token", async () => {
  const visit = await comeAs("ada");
  await server.ground.db.orm.update(sessions).set({ endsBy: new Date(Date.now() - 1) });
  expect((await statusFor(visit.browser.cookiesFor(server.url))).user).toBeNull();
});
