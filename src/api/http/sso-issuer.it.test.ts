import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { identities } from "@/db/schema";
import { eventually } from "@/testing/eventually";
import { claimsOf, people, SsoStage } from "@/testing/sso-stage";
import { visitor } from "@/testing/visitor";

const stage = new SsoStage();
beforeAll(() => stage.open());
afterAll(() => stage.provider.stop());
afterEach(() => stage.server.stop());

const atLogin = (next: string) => next.includes("/login");

test("an issuer that is away when the server starts costs nobody a restart once it is back", async () => {
  await stage.start();
  await stage.provider.goAway();
  try {
    const { url } = await visitor().visit(stage.startPath("/agents"), atLogin);
    expect(url).toContain("reason=sso-down");
  } finally {
    await stage.provider.comeBack();
  }
  expect((await stage.comeAs("ada")).status).toBe(200);
});

test("an issuer that goes away after a sign-in is told within seconds, not by its own dead page", async () => {
  await stage.start();
  expect((await stage.comeAs("ada")).status).toBe(200);
  await stage.provider.goAway();
  try {
    const toProvider = (next: string) => next.startsWith(stage.provider.issuer) || atLogin(next);
    const told = async () => atLogin((await visitor().visit(stage.startPath("/agents"), toProvider)).url);
    await eventually(told, { timeoutMs: 3_000, everyMs: 500 });
  } finally {
    await stage.provider.comeBack();
  }
});

test("a new key of the issuer is fetched at once, and another key under its name is worth nothing", async () => {
  await stage.start();
  expect((await stage.comeAs("ada")).status).toBe(200);
  await stage.provider.changeKey("second");
  await eventually(async () => (await stage.comeAs("ada")).status === 200, { everyMs: 200 });
  await stage.provider.twist({ foreignKey: true });
  expect((await stage.comeAs("ada")).text).toContain("its signature is wrong");
});

test("signing out here says where to sign out there too, and the provider sends the person back", async () => {
  await stage.start();
  const visit = await stage.comeAs("ada");
  const cookie = visit.browser.cookiesFor(stage.server.url);
  const { body } = await stage.server.request("POST", "/v1/auth/logout", { cookie });
  expect(body).toEqual({ ok: true, providerSignOut: "/auth/sso/logout" });
  const { url } = await visit.browser.visit(`${stage.server.url}/auth/sso/logout`, (next) =>
    next.startsWith(stage.provider.issuer),
  );
  const asked = new URL(url).searchParams;
  expect(asked.get("client_id")).toBe(stage.setup.clientId);
  expect(asked.get("post_logout_redirect_uri")).toBe(`${stage.server.url}/login`);
  const there = await visit.browser.visit(url);
  expect(there.status, there.text).toBe(200);
  expect(there.text).toContain("sign-out");
});

test("of an Entra tenant a person is known by oid, so that an app that is registered anew finds everybody", async () => {
  const tid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
  await stage.start({ MC_ENTRA_TENANT_ID: tid });
  const ada = (id: string, oid: string, tenant = tid) => ({
    id,
    claims: claimsOf("ada", { groups: ["staff"], oid, tid: tenant }),
  });
  const others = people.filter(({ id }) => id !== "ada");
  await stage.provider.know([...others, ada("pairwise-1", "oid-ada"), ada("pairwise-2", "oid-ada")]);
  expect((await stage.comeAs("pairwise-1")).status).toBe(200);
  expect((await stage.comeAs("pairwise-2")).status).toBe(200);
  const known = await stage.server.ground.db.orm.select().from(identities);
  expect(known).toMatchObject([{ subject: "oid-ada" }]);

  const elsewhere = "11111111-4f89-41d3-9a0c-0305e82c3301";
  await stage.provider.know([...others, ada("stranger", "oid-ada", elsewhere)]);
  expect((await stage.comeAs("stranger")).text).toContain("another tenant (tid)");
});
