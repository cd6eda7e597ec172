import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sessions, users } from "@/db/schema";
import { stateCookie } from "@/domain/people/sso";
import { eventually } from "@/testing/eventually";
import { SsoStage } from "@/testing/sso-stage";
import type { Twist } from "@/testing/twisted-token";
import { visitor } from "@/testing/visitor";

/** The whole way through a real provider, whose ID token alone is not what it should be. */
const stage = new SsoStage();
beforeAll(() => stage.open());
afterAll(() => stage.provider.stop());
beforeEach(() => stage.start());
afterEach(() => stage.server.stop());

const lies: [string, Twist, string][] = [
  ["a wrong signature", { foreignKey: true }, "its signature is wrong"],
  ["a wrong audience", { claims: { aud: "somebody else" } }, "its aud is not right"],
  ["a wrong issuer", { claims: { iss: "https://login.evil.test" } }, "its iss is not right"],
  ["the nonce of a sign-in before", { claims: { nonce: "x".repeat(43) } }, "another sign-in (nonce)"],
  ["a clock two minutes ahead", { clockAheadSeconds: 120 }, "its iat is not right"],
  ["a clock two hours behind", { clockAheadSeconds: -7_200 }, "it has run out (exp)"],
];

test.each(lies)("a token with %s lets nobody in, and the audit says why", async (_, twist, why) => {
  await stage.provider.twist(twist);
  const visit = await stage.comeAs("ada");
  expect(visit.status, visit.text).toBe(403);
  expect(visit.text).toContain(why);
  expect(visit.text).not.toMatch(/at .*\.ts|Error:/);
  const { orm } = stage.server.ground.db;
  expect([await orm.select().from(sessions), await orm.select().from(users)]).toEqual([[], []]);
  const fact = await eventually(async () => (await stage.factsOf("security.sso_refused"))[0]);
  expect(fact).toMatchObject({ data: { because: "token", said: expect.stringContaining(why) } });
});

test("clocks may be half a minute apart", async () => {
  for (const clockAheadSeconds of [30, -30]) {
    await stage.provider.twist({ clockAheadSeconds });
    expect((await stage.comeAs("ada")).status).toBe(200);
  }
});

test("a request without PKCE is refused there, and a code is worth nothing without its own verifier", async () => {
  await stage.provider.sitDown("ada");
  const careless = visitor();
  const toProvider = (next: string) => next.startsWith(stage.provider.issuer);
  const begun = new URL((await careless.visit(stage.startPath(), toProvider)).url);
  begun.searchParams.delete("code_challenge");
  begun.searchParams.delete("code_challenge_method");
  const refused = await careless.visit(begun.href);
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("did not let you in (invalid_request)");

  const thief = visitor();
  const isBack = (next: string) => next.startsWith(`${stage.server.url}/auth/sso/callback`);
  const { url } = await thief.visit(stage.startPath(), isBack);
  const cookie = stateCookie(stage.server.ground, stage.server.url);
  const kept = cookie.read(thief.cookiesFor(stage.server.url));
  const [other = ""] = cookie.carrying({ ...kept, verifier: "a".repeat(43) }).split(";");
  const answer = await fetch(url, { redirect: "manual", headers: { Cookie: other } });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("does not know this sign-in any more");
  expect(answer.headers.getSetCookie().join()).not.toContain("mc_session");
});
