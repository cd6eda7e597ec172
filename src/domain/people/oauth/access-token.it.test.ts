import { createLocalJWKSet, decodeJwt, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signingKeys } from "@/db/schema";
import { mainAccount } from "@/domain/kernel";
import { issuer, type OAuthTrial, oauthTrial } from "@/testing/oauth";
import { findPublicKeys, makeClient, revokeClient, rotateSigningKey } from ".";
import { currentSigningKey } from "./signing-keys";

let trial: OAuthTrial;
beforeAll(async () => {
  trial = await oauthTrial();
});
afterAll(() => trial.stop());

test("two instances that start at once make one signing key", async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => currentSigningKey(trial.ground)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  const rows = await trial.ground.db.orm.select().from(signingKeys);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.sealedPrivateKey).not.toContain("PRIVATE KEY");
  expect(JSON.stringify(await findPublicKeys(trial.ground))).not.toContain('"d":');
});

test("a machine gets a token of ten minutes that anybody can check by the JWKS", async () => {
  const client = await makeClient(trial.admin, { name: "ci", role: "operator" });
  const { access_token, ...answer } = await trial.ask({
    grant_type: "client_credentials",
    client_id: client.id,
    client_secret: client.secret,
  });
  expect(answer).toEqual({
    token_type: "Bearer",
    expires_in: 600,
    scope: "board:read agents:operate agents:manage alerts:operate",
  });
  const { payload } = await jwtVerify(access_token, createLocalJWKSet(await findPublicKeys(trial.ground)), {
    issuer,
    audience: `${issuer}/v1`,
    currentDate: trial.clock.now(),
  });
  expect(payload).toMatchObject({ sub: client.id, role: "operator", account: mainAccount });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(600);
  expect(await trial.callerOf(access_token)).toMatchObject({
    actor: { kind: "token", id: client.id, name: "ci" },
    role: "operator",
  });
  await trial.clock.advance(10 * 60_000 + 29_000);
  expect(await trial.callerOf(access_token)).not.toBeNull();
  await trial.clock.advance(2_000);
  expect(await trial.callerOf(access_token)).toBeNull();
});

test("a revoked client gets no token, and those it has open nothing", async () => {
  const client = await makeClient(trial.admin, { name: "gone", role: "viewer" });
  const request = { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret };
  const { access_token } = await trial.ask(request);
  await revokeClient(trial.admin, client.id);
  expect(await trial.callerOf(access_token)).toBeNull();
  await expect(trial.ask(request)).rejects.toMatchObject({ code: "invalid_client" });
});

test("scopes narrow a client and never widen it", async () => {
  await expect(
    makeClient(trial.admin, { name: "too much", role: "viewer", scopes: ["users:manage"] }),
  ).rejects.toMatchObject({ code: "invalid" });
  const client = await makeClient(trial.admin, {
    name: "narrow",
    role: "admin",
    scopes: ["audit:read", "board:read"],
  });
  const request = { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret };
  const narrowed = await trial.ask({ ...request, scope: "audit:read" });
  expect((await trial.callerOf(narrowed.access_token))?.scopes).toEqual(new Set(["audit:read"]));
  for (const scope of ["users:manage", "audit:read rules:manage", "nonsense"]) {
    await expect(trial.ask({ ...request, scope })).rejects.toMatchObject({
      code: "invalid_scope",
    });
  }
});

test("a forged, foreign or altered token is refused", async () => {
  const { tokens } = await trial.signIn("admin");
  const claims: JWTPayload = decodeJwt(tokens.access_token);
  const { id, key } = await currentSigningKey(trial.ground);
  const sign = (payload: JWTPayload, header: object = {}, by: CryptoKey | Uint8Array = key) =>
    new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: id, typ: "at+jwt", ...header }).sign(by);
  expect(await trial.callerOf(await sign(claims))).not.toBeNull();

  const stranger = await generateKeyPair("ES256");
  const publicText = new TextEncoder().encode(JSON.stringify((await findPublicKeys(trial.ground)).keys[0]));
  const [head = "", body = ""] = tokens.access_token.split(".");
  const none = Buffer.from(JSON.stringify({ alg: "none", kid: id, typ: "at+jwt" })).toString("base64url");
  const { exp: _, ...endless } = claims;
  const forged = {
    "another's signature": await sign(claims, {}, stranger.privateKey),
    "an unknown key": await sign(claims, { kid: "key_00000000000000000000000000" }),
    "no kid": await sign(claims, { kid: undefined }),
    "a symmetric algorithm": await sign(claims, { alg: "HS256" }, publicText),
    "no algorithm": `${none}.${body}.AA`,
    "another type": await sign(claims, { typ: "JWT" }),
    "another issuer": await sign({ ...claims, iss: "https://elsewhere.example.com" }),
    "another audience": await sign({ ...claims, aud: issuer }),
    "no end": await sign(endless),
    "no such user": await sign({ ...claims, sub: "usr_none" }),
    "another account": await sign({ ...claims, account: "acc_other" }),
    "no family": await sign({ ...claims, sid: undefined }),
    "no claims of ours": await sign({
      iss: issuer,
      aud: `${issuer}/v1`,
      exp: claims.exp,
      iat: 1,
      sub: "x",
      jti: "y",
    }),
    "an altered payload": `${head}.${body.slice(0, -2)}AA.${tokens.access_token.split(".")[2]}`,
  };
  for (const [name, token] of Object.entries(forged)) expect(await trial.callerOf(token), name).toBeNull();
});

test("a new key signs at once, and tokens of the old one run out in peace", async () => {
  const { tokens } = await trial.signIn("viewer");
  const [before] = (await findPublicKeys(trial.ground)).keys;
  const { id } = await rotateSigningKey(trial.admin);
  expect((await currentSigningKey(trial.ground)).id).toBe(id);
  expect((await findPublicKeys(trial.ground)).keys.map(({ kid }) => kid)).toEqual([id, before?.kid]);
  expect(await trial.callerOf(tokens.access_token)).not.toBeNull();
  await trial.clock.advance(12 * 60_000);
  expect((await findPublicKeys(trial.ground)).keys.map(({ kid }) => kid)).toEqual([id]);
  await trial.clock.advance(91 * 86_400_000);
  expect((await currentSigningKey(trial.ground)).id).not.toBe(id);
});
