import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { identities, sessions, users } from "@/db/schema";
import { mainAccount } from "@/domain/kernel";
import { hashPassword } from "@/platform/crypto";
import { eventually } from "@/testing/eventually";
import { claimsOf, people, SsoStage } from "@/testing/sso-stage";
import { visitor } from "@/testing/visitor";

const stage = new SsoStage();
beforeAll(() => stage.open());
afterAll(() => stage.provider.stop());
beforeEach(() => stage.start());
afterEach(() => stage.server.stop());

test("who the provider vouches for comes in, is made at the first visit, and goes on where they wanted", async () => {
  const visit = await stage.comeAs("ada", "/agents?group=<x>&y=1#top");
  expect(visit.status, visit.text).toBe(200);
  expect(visit.text).toContain('http-equiv="refresh" content="0;url=/agents?group=%3Cx%3E&amp;y=1#top"');
  const [session = ""] = visit.headers.getSetCookie().filter((one) => one.startsWith("mc_session"));
  expect(session).toMatch(/HttpOnly/);
  expect(session).toMatch(/SameSite=Strict/);
  expect(visit.headers.getSetCookie().join()).toContain("mc_sso=; Max-Age=0");

  expect(await stage.statusFor(visit.browser.cookiesFor(stage.server.url))).toMatchObject({
    sso: "oidc",
    user: { email: "ada@example.test", name: "The ada", role: "admin" },
  });
  expect((await stage.userOf("ada"))?.passwordHash).toBeNull();
  const [row] = await stage.server.ground.db.orm.select().from(sessions);
  expect(row).toMatchObject({ cameBy: "sso" });
  const lastsMs = (row?.endsBy?.getTime() ?? 0) - Date.now();
  expect(lastsMs).toBeGreaterThan(3_500_000);
  expect(lastsMs).toBeLessThan(3_700_000);
  await eventually(async () => (await stage.factsOf("security.login_succeeded"))[0]?.data.cameBy === "sso");

  await stage.comeAs("ada");
  expect(await stage.server.ground.db.orm.select().from(identities)).toHaveLength(1);
});

test("the request carries PKCE, state and nonce, and its cookie is lax, sealed and short", async () => {
  await stage.provider.sitDown("ada");
  const first = await visitor().visit(stage.startPath(), () => true);
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
  await stage.comeAs("bob");
  expect((await stage.userOf("bob"))?.role).toBe("operator");
  await stage.comeAs("role");
  expect((await stage.userOf("role"))?.role).toBe("viewer");
  const promoted = { id: "bob", claims: claimsOf("bob", { groups: ["staff", "ops-admins"] }) };
  await stage.provider.know([...people.filter(({ id }) => id !== "bob"), promoted]);
  await stage.comeAs("bob");
  expect((await stage.userOf("bob"))?.role).toBe("admin");
  const fact = await eventually(async () => (await stage.factsOf("user.role_changed"))[0]);
  expect(fact).toMatchObject({
    before: { role: "operator" },
    after: { role: "admin" },
    actor: { id: "sso" },
  });
});

test("who has no group with a role is refused, on a page that names what is missing", async () => {
  const visit = await stage.comeAs("eve");
  expect(visit.status).toBe(403);
  expect(visit.text).toContain("You are in: visitors &lt;b&gt;.");
  expect(visit.text).toContain("ops-admins, staff, mc.viewer");
  expect(await stage.userOf("eve")).toBeUndefined();
  expect(visit.browser.cookiesFor(stage.server.url)).toBe("");
  const fact = await eventually(async () => (await stage.factsOf("security.sso_refused"))[0]);
  expect(fact).toMatchObject({ data: { because: "no-role", subject: "eve", email: "eve@example.test" } });
});

test("groups that did not fit into the token are asked for, else the page says what an admin has to do", async () => {
  const refused = await stage.comeAs("many");
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("more groups than fit into a sign-in");
  expect(refused.text).toContain("MC_OIDC_GROUPS_URL");
  await stage.server.stop();
  await stage.start({ MC_OIDC_GROUPS_URL: `${stage.provider.issuer}/groups` });
  const visit = await stage.comeAs("many");
  expect(visit.status, visit.text).toBe(200);
  expect((await stage.userOf("many"))?.role).toBe("operator");
});

test("claims that are told at the userinfo endpoint only count as well", async () => {
  await stage.provider.setUp({ ...stage.setup, claimsAtUserinfo: true });
  const visit = await stage.comeAs("ada");
  expect(visit.status, visit.text).toBe(200);
  expect(await stage.userOf("ada")).toMatchObject({ role: "admin", name: "The ada" });
});

test("a user who was switched off here is refused", async () => {
  await stage.comeAs("bob");
  await stage.server.ground.db.orm
    .update(users)
    .set({ disabledAt: new Date() })
    .where(eq(users.email, "bob@example.test"));
  const visit = await stage.comeAs("bob");
  expect(visit.status).toBe(403);
  expect(visit.text).toContain("switched off by an admin");
});

test("an answer is worth something once, in the browser that asked, and with its own state", async () => {
  await stage.provider.sitDown("ada");
  const browser = visitor();
  const isBack = (next: string) => next.startsWith(`${stage.server.url}/auth/sso/callback`);
  const { url } = await browser.visit(stage.startPath(), isBack);
  const stranger = await visitor().visit(url);
  expect(stranger.status).toBe(400);
  expect(stranger.text).toContain("no sign-in under way");

  const other = visitor();
  await other.visit(stage.startPath(), isBack);
  const forged = await other.visit(url);
  expect(forged.status).toBe(400);
  expect(forged.text).toContain("begun elsewhere");

  const copy = browser.twin();
  expect((await browser.visit(url)).status).toBe(200);
  const replayed = await copy.visit(url);
  expect(replayed.status).toBe(400);
  expect(replayed.text).toContain("finished already");
  expect(await stage.server.ground.db.orm.select().from(sessions)).toHaveLength(1);
});

test("whoever breaks off at the provider reads that", async () => {
  const visit = await stage.comeAs(null);
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
    const visit = await stage.comeAs("ada", to, browser);
    expect(visit.status, to).toBe(200);
    expect(visit.text, to).toContain('content="0;url=/"');
    expect(visit.text, to).not.toContain("evil");
  }
});

test("while the issuer is away the sign-in page says so, and local accounts come in", async () => {
  const passwordHash = await hashPassword("Correct-Horse-42-Battery");
  await stage.server.ground.db.orm.insert(users).values({
    ...{ id: "usr_local", accountId: mainAccount, email: "local@example.test", name: "L", role: "admin" },
    passwordHash,
    createdAt: new Date(),
  });
  await stage.provider.goAway();
  try {
    const visit = await visitor().visit(stage.startPath("/agents"), (next) => next.includes("/login"));
    expect(visit.url).toBe(`${stage.server.url}/login?reason=sso-down&to=%2Fagents`);
    const body = { identifier: "local@example.test", password: "Correct-Horse-42-Battery" };
    expect((await stage.server.request("POST", "/v1/auth/login", { body })).status).toBe(200);
  } finally {
    await stage.provider.comeBack();
  }
});
