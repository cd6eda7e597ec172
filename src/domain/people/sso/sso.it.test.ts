import { generateKeyPair, type JWTPayload, UnsecuredJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "@/platform/clock";
import { readEnv } from "@/platform/env";
import { createLog } from "@/platform/log";
import { type CrookedIssuer, startCrookedIssuer } from "@/testing/crooked-issuer";
import { personOf } from "./person";
import { ssoSettings } from "./settings";
import { createSso, type Sso } from "./sso";

const tenant = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
const parts = { clock: systemClock, log: createLog("silent") };
let issuer: CrookedIssuer;
let sso: Sso;

function open(over: Record<string, string> = {}): Sso {
  const env = readEnv({
    MC_OIDC_ISSUER: issuer.issuer,
    MC_OIDC_CLIENT_ID: "client",
    MC_OIDC_CLIENT_SECRET: "secret",
    MC_OIDC_GROUP_MAP: "staff=operator",
    ...over,
  });
  const settings = ssoSettings(env);
  if (!settings) throw new Error("single sign-on is not set up");
  return createSso(settings, parts, { cooldownMs: 0 });
}

beforeEach(async () => {
  issuer = await startCrookedIssuer();
  sso = open();
});
afterEach(async () => {
  sso.close();
  await issuer.stop();
});

const seconds = (ahead: number) => Math.floor(Date.now() / 1_000) + ahead;
const checked = async (token: string, nonce: string | null = "n") =>
  sso.check(await sso.discover(), token, nonce);
const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "accepted",
    (error: Error) => error.message,
  );

test("a token that is right in everything is believed", async () => {
  const { claims, expiresAt } = await checked(
    await issuer.token({ groups: ["staff"], email_verified: "true" }),
  );
  expect(claims).toMatchObject({ sub: "ada", groups: ["staff"], email_verified: true });
  expect(Math.abs(expiresAt.getTime() - Date.now() - 600_000)).toBeLessThan(5_000);
});

const lies: [string, JWTPayload, string][] = [
  ["another issuer", { iss: "https://evil.test" }, "iss is not right"],
  ["another audience", { aud: "somebody else" }, "aud is not right"],
  ["an audience among others without azp", { aud: ["client", "other"] }, "another program (azp)"],
  ["another authorised party", { azp: "other" }, "another program (azp)"],
  ["the nonce of another sign-in", { nonce: "old" }, "another sign-in (nonce)"],
  ["no nonce", { nonce: undefined }, "another sign-in (nonce)"],
  ["an end more than a minute ago", { exp: seconds(-90) }, "it has run out"],
  ["a beginning more than a minute ahead", { nbf: seconds(120) }, "nbf is not right"],
  ["a birth more than a minute ahead", { iat: seconds(120) }, "iat is not right"],
  ["a birth long ago", { iat: seconds(-3_600) }, "it has run out"],
  ["no subject", { sub: undefined }, "sub is not right"],
];
test.each(lies)("a token with %s is refused", async (_, claims, why) => {
  expect(await refusalOf(checked(await issuer.token(claims)))).toContain(why);
});

test("clocks may differ by a minute", async () => {
  await checked(await issuer.token({ exp: seconds(-30), iat: seconds(30), nbf: seconds(30) }));
});

describe("signatures", () => {
  test("by a stranger's key under the issuer's key id", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    expect(await refusalOf(checked(await issuer.token({}, { key: privateKey })))).toContain(
      "signature is wrong",
    );
  });
  test("none at all", async () => {
    const token = new UnsecuredJWT({ iss: issuer.issuer, aud: "client", sub: "ada", nonce: "n" })
      .setIssuedAt()
      .setExpirationTime("5m")
      .encode();
    expect(await refusalOf(checked(token))).toContain("was not accepted");
  });
  test("by a secret that both sides know", async () => {
    const key = new TextEncoder().encode("secret".repeat(8));
    expect(await refusalOf(checked(await issuer.token({}, { alg: "HS256", key })))).toContain(
      "not allowed (alg)",
    );
  });
  test("something that is no token", async () => {
    expect(await refusalOf(checked("not.a.token"))).toContain("it can't be read");
  });
  test("by a new key: the keys are read anew; a key that does not exist stays unknown", async () => {
    await checked(await issuer.token());
    await issuer.changeKey("second");
    await checked(await issuer.token());
    expect(issuer.keyVisits()).toBe(2);
    expect(await refusalOf(checked(await issuer.token({}, { kid: "third" })))).toContain(
      "no key of this name",
    );
  });
});

describe("the issuer's document", () => {
  test("that names another issuer is refused", async () => {
    issuer.document = { issuer: `${issuer.issuer}/` };
    expect(await refusalOf(sso.discover())).toContain("They must be the same, to the last character.");
  });
  test("that has no token endpoint is refused", async () => {
    issuer.document = { token_endpoint: undefined };
    expect(await refusalOf(sso.discover())).toContain("token_endpoint");
  });
  test("keys at a private address that nobody allowed are not fetched", async () => {
    issuer.document = { jwks_uri: "http://10.0.0.1/keys" };
    expect(await refusalOf(checked(await issuer.token()))).toContain("inside a private network");
  });
  test("an issuer that is away is told as that", async () => {
    await issuer.stop();
    expect(await refusalOf(sso.discover())).toContain("does not answer");
  });
});

describe("Microsoft Entra", () => {
  test("is a preset by its tenant", () => {
    const settings = ssoSettings(
      readEnv({ MC_ENTRA_TENANT_ID: tenant, MC_OIDC_CLIENT_ID: "c", MC_OIDC_CLIENT_SECRET: "s" }),
    );
    expect(settings).toMatchObject({
      kind: "microsoft",
      issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
      scopes: ["openid", "profile", "email", "User.Read"],
      groupsUrl: expect.stringContaining("https://graph.microsoft.com/v1.0/me/transitiveMemberOf"),
    });
    const client = { MC_OIDC_CLIENT_ID: "c", MC_OIDC_CLIENT_SECRET: "s" };
    const issuerOf = (path: string) => `https://login.microsoftonline.com/${path}/v2.0`;
    const named = ssoSettings(readEnv({ MC_OIDC_ISSUER: issuerOf(tenant), ...client }));
    expect(named).toMatchObject({ kind: "microsoft", tenantId: tenant });
    for (const any of ["common", "organizations", "consumers"]) {
      expect(() => readEnv({ MC_OIDC_ISSUER: issuerOf(any), ...client })).toThrow(/every Microsoft tenant/);
    }
  });
  test("another tenant's people are refused", async () => {
    sso.close();
    sso = open({ MC_ENTRA_TENANT_ID: tenant });
    await checked(await issuer.token({ tid: tenant.toUpperCase(), oid: "o" }));
    expect(await refusalOf(checked(await issuer.token({ tid: tenant })))).toContain("(oid)");
    for (const tid of ["11111111-4f89-41d3-9a0c-0305e82c3301", undefined]) {
      expect(await refusalOf(checked(await issuer.token({ tid, oid: "o" })))).toContain(
        "another tenant (tid)",
      );
    }
  });
});

describe("the userinfo endpoint", () => {
  const personFor = async (claims: JWTPayload) => {
    const discovery = await sso.discover();
    const token = await checked(await issuer.token(claims));
    return personOf(sso.settings, sso.outside, discovery, token.claims, "access");
  };
  test("that speaks of somebody else is not believed", async () => {
    issuer.userinfo = { sub: "eve", email: "eve@example.test", groups: ["staff"] };
    expect(await refusalOf(personFor({}))).toContain("somebody else (sub)");
  });
  test("can't make the token's address a verified one", async () => {
    issuer.userinfo = { sub: "ada", email: "ada@example.test", email_verified: true, groups: ["staff"] };
    expect(await personFor({ email: "boss@example.test" })).toMatchObject({
      email: "boss@example.test",
      emailVerified: false,
    });
  });
  test("without an address anywhere nobody comes in", async () => {
    expect(await refusalOf(personFor({ groups: ["staff"] }))).toContain("did not say your e-mail address");
  });
});
