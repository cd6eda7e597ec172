import { eq } from "drizzle-orm";
import { createLocalJWKSet, decodeJwt, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FactKind } from "@/contracts/facts";
import { commandLineClientId, grantTypes } from "@/contracts/people/oauth";
import type { Role } from "@/contracts/people/role";
import { factsPending, refreshTokens, signingKeys, users } from "@/db/schema";
import { type Ctx, mainAccount, systemCtx } from "@/domain/kernel";
import { createAuthenticator } from "@/domain/people/sessions";
import type { Attempts } from "@/domain/people/sessions/attempts";
import { changeUser, resetPassword } from "@/domain/people/users";
import { fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import {
  beginDeviceGrant,
  decideDeviceGrant,
  findDeviceAsk,
  findPublicKeys,
  giveToken,
  makeClient,
  revokeClient,
  revokeRefreshToken,
  rotateSigningKey,
} from ".";
import { currentSigningKey } from "./signing-keys";

const issuer = "https://control.example.com";
const place = { ip: "192.0.2.7" };
const unlimited: Attempts = { take: async () => {}, forget: async () => {} };
const parts = { issuer, attempts: unlimited, place: "192.0.2.7" };
const clock = fakeClock();
let ground: TestGround;
let anyone: Ctx;
let admin: Ctx;
let authenticate: ReturnType<typeof createAuthenticator>;

beforeAll(async () => {
  ground = await testGround({ clock });
  anyone = { ...systemCtx(ground), actor: { kind: "anonymous", id: "oauth", name: "client" } };
  admin = personCtx(ground);
  authenticate = createAuthenticator(ground, { url: issuer });
});
afterAll(async () => {
  await ground.bus.close();
  await ground.db.close();
});

/** The caller of an access token; null when it is refused. */
const callerOf = (token: string) =>
  authenticate({ authorization: `Bearer ${token}` }).catch((error: Error) => {
    if ("code" in error && error.code === "unauthenticated") return null;
    throw error;
  });

async function person(role: Role) {
  const id = ground.ids.id("usr");
  const row = { id, accountId: mainAccount, email: `${id}@example.com`, name: "Mira", role };
  await ground.db.orm.insert(users).values({ ...row, createdAt: clock.now() });
  const ctx: Ctx = { ...systemCtx(ground), actor: { kind: "user", id, name: "Mira" }, role };
  return { ...row, ctx };
}

const begin = (over: object = {}) =>
  beginDeviceGrant(anyone, { client_id: "mc", client_name: "mc on laptop", ...over }, place, issuer);
const poll = (device_code: string) =>
  giveToken(
    anyone,
    { grant_type: grantTypes.deviceCode, client_id: commandLineClientId, device_code },
    parts,
  );
const refresh = (refresh_token = "", scope?: string) =>
  giveToken(
    anyone,
    {
      grant_type: grantTypes.refreshToken,
      client_id: commandLineClientId,
      refresh_token,
      ...(scope ? { scope } : {}),
    },
    parts,
  );
const typed = (code: string) => code.replace("-", "");

async function decide(ctx: Ctx, userCode: string, approve = true) {
  const { ask } = await findDeviceAsk(ctx, "a session", typed(userCode), unlimited);
  await decideDeviceGrant(ctx, "a session", { ask, approve });
}

async function signIn(role: Role, over: object = {}) {
  const who = await person(role);
  const grant = await begin(over);
  await decide(who.ctx, grant.user_code);
  return { ...who, tokens: await poll(grant.device_code) };
}

const factsOf = (kind: FactKind) =>
  ground.db.orm.select().from(factsPending).where(eq(factsPending.kind, kind));

test("two instances that start at once make one signing key", async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => currentSigningKey(ground)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  const rows = await ground.db.orm.select().from(signingKeys);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.sealedPrivateKey).not.toContain("PRIVATE KEY");
  expect(JSON.stringify(await findPublicKeys(ground))).not.toContain('"d":');
});

test("a machine gets a token of ten minutes that anybody can check by the JWKS", async () => {
  const client = await makeClient(admin, { name: "ci", role: "operator" });
  const { access_token, ...answer } = await giveToken(
    anyone,
    { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret },
    parts,
  );
  expect(answer).toEqual({
    token_type: "Bearer",
    expires_in: 600,
    scope: "board:read agents:operate agents:manage alerts:operate",
  });
  const { payload } = await jwtVerify(access_token, createLocalJWKSet(await findPublicKeys(ground)), {
    issuer,
    audience: `${issuer}/v1`,
    currentDate: clock.now(),
  });
  expect(payload).toMatchObject({ sub: client.id, role: "operator", account: mainAccount });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(600);
  expect(await callerOf(access_token)).toMatchObject({
    actor: { kind: "token", id: client.id, name: "ci" },
    role: "operator",
  });
  await clock.advance(10 * 60_000 + 29_000);
  expect(await callerOf(access_token)).not.toBeNull();
  await clock.advance(2_000);
  expect(await callerOf(access_token)).toBeNull();
});

test("a revoked client gets no token, and those it has open nothing", async () => {
  const client = await makeClient(admin, { name: "gone", role: "viewer" });
  const request = { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret };
  const { access_token } = await giveToken(anyone, request, parts);
  await revokeClient(admin, client.id);
  expect(await callerOf(access_token)).toBeNull();
  await expect(giveToken(anyone, request, parts)).rejects.toMatchObject({ code: "invalid_client" });
});

test("scopes narrow a client and never widen it", async () => {
  await expect(
    makeClient(admin, { name: "too much", role: "viewer", scopes: ["users:manage"] }),
  ).rejects.toMatchObject({ code: "invalid" });
  const client = await makeClient(admin, {
    name: "narrow",
    role: "admin",
    scopes: ["audit:read", "board:read"],
  });
  const request = { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret };
  const narrowed = await giveToken(anyone, { ...request, scope: "audit:read" }, parts);
  expect((await callerOf(narrowed.access_token))?.scopes).toEqual(new Set(["audit:read"]));
  for (const scope of ["users:manage", "audit:read rules:manage", "nonsense"]) {
    await expect(giveToken(anyone, { ...request, scope }, parts)).rejects.toMatchObject({
      code: "invalid_scope",
    });
  }
});

test("a forged, foreign or altered token is refused", async () => {
  const { tokens } = await signIn("admin");
  const claims: JWTPayload = decodeJwt(tokens.access_token);
  const { id, key } = await currentSigningKey(ground);
  const sign = (payload: JWTPayload, header: object = {}, by: CryptoKey | Uint8Array = key) =>
    new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: id, typ: "at+jwt", ...header }).sign(by);
  expect(await callerOf(await sign(claims))).not.toBeNull();

  const stranger = await generateKeyPair("ES256");
  const publicText = new TextEncoder().encode(JSON.stringify((await findPublicKeys(ground)).keys[0]));
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
  for (const [name, token] of Object.entries(forged)) expect(await callerOf(token), name).toBeNull();
});

test("a new key signs at once, and tokens of the old one run out in peace", async () => {
  const { tokens } = await signIn("viewer");
  const [before] = (await findPublicKeys(ground)).keys;
  const { id } = await rotateSigningKey(admin);
  expect((await currentSigningKey(ground)).id).toBe(id);
  expect((await findPublicKeys(ground)).keys.map(({ kid }) => kid)).toEqual([id, before?.kid]);
  expect(await callerOf(tokens.access_token)).not.toBeNull();
  await clock.advance(12 * 60_000);
  expect((await findPublicKeys(ground)).keys.map(({ kid }) => kid)).toEqual([id]);
  await clock.advance(91 * 86_400_000);
  expect((await currentSigningKey(ground)).id).not.toBe(id);
});

test("a device waits, is let in by a person, and its code works once", async () => {
  const grant = await begin();
  expect(grant.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  expect(grant).toMatchObject({ verification_uri: `${issuer}/device`, interval: 5, expires_in: 900 });
  await expect(poll(grant.device_code)).rejects.toMatchObject({ code: "authorization_pending" });
  const mira = await person("operator");
  const ask = await findDeviceAsk(mira.ctx, "a session", typed(grant.user_code), unlimited);
  expect(ask).toMatchObject({ clientName: "mc on laptop", ip: place.ip });
  await decideDeviceGrant(mira.ctx, "a session", { ask: ask.ask, approve: true });
  await expect(
    decideDeviceGrant(mira.ctx, "a session", { ask: ask.ask, approve: false }),
  ).rejects.toMatchObject({ code: "conflict" });
  await clock.advance(5_000);
  const tokens = await poll(grant.device_code);
  expect(tokens).toMatchObject({ expires_in: 600, refresh_token: expect.stringMatching(/^mcr_.{43}$/) });
  expect(await callerOf(tokens.access_token)).toMatchObject({
    actor: { kind: "token", id: mira.id, name: "Mira (mc on laptop)" },
    role: "operator",
  });
  await expect(poll(grant.device_code)).rejects.toMatchObject({ code: "invalid_grant" });
  expect(await factsOf("security.device_approved")).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ data: expect.objectContaining({ client: "mc on laptop", ip: place.ip }) }),
    ]),
  );
});

test("a device that asks too fast is told to slow down, more each time", async () => {
  const { device_code, user_code } = await begin();
  await expect(poll(device_code)).rejects.toMatchObject({ code: "authorization_pending" });
  await clock.advance(1_000);
  await expect(poll(device_code)).rejects.toMatchObject({ code: "slow_down" });
  await clock.advance(6_000);
  await expect(poll(device_code)).rejects.toMatchObject({ code: "slow_down" });
  await decide((await person("viewer")).ctx, user_code);
  await clock.advance(15_000);
  expect(await poll(device_code)).toMatchObject({ token_type: "Bearer" });
});

test("who is refused, or waits too long, gets nothing", async () => {
  const denied = await begin();
  await decide((await person("viewer")).ctx, denied.user_code, false);
  await expect(poll(denied.device_code)).rejects.toMatchObject({ code: "access_denied" });
  expect(await factsOf("security.device_denied")).toHaveLength(1);
  const late = await begin();
  await clock.advance(15 * 60_000);
  await expect(poll(late.device_code)).rejects.toMatchObject({ code: "expired_token" });
  await expect(decide((await person("viewer")).ctx, late.user_code)).rejects.toMatchObject({
    code: "invalid",
  });
});

test("only a person at a browser lets a device in, and nobody in another's name", async () => {
  const { user_code } = await begin();
  const mira = await person("viewer");
  const program: Ctx = { ...mira.ctx, actor: { ...mira.ctx.actor, kind: "token" } };
  await expect(findDeviceAsk(program, null, typed(user_code), unlimited)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(findDeviceAsk(mira.ctx, null, typed(user_code), unlimited)).rejects.toMatchObject({
    code: "forbidden",
  });
  const { ask } = await findDeviceAsk(mira.ctx, "a session", typed(user_code), unlimited);
  const other = await person("viewer");
  for (const stolen of [ask, "nonsense"]) {
    await expect(
      decideDeviceGrant(other.ctx, "a session", { ask: stolen, approve: true }),
    ).rejects.toMatchObject({ code: "not-found" });
  }
});

test("twenty wait from one address, the next one is told when", async () => {
  const from = { ip: "192.0.2.99" };
  const ask = () => beginDeviceGrant(anyone, { client_id: "mc" }, from, issuer);
  for (let index = 0; index < 20; index++) await ask();
  await expect(ask()).rejects.toMatchObject({ code: "slow_down", retryAfterMs: 60_000 });
});

test("each refresh gives a new token; a used one that comes again ends the whole family", async () => {
  const { id, tokens } = await signIn("operator");
  const second = await refresh(tokens.refresh_token);
  expect(second.refresh_token).not.toBe(tokens.refresh_token);
  await expect(refresh(tokens.refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
  await expect(refresh(second.refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
  expect(await callerOf(second.access_token)).toBeNull();
  const reused = await factsOf("security.refresh_reused");
  expect(reused).toMatchObject([{ target: { kind: "user", id }, data: { client: "mc on laptop" } }]);
  expect(JSON.stringify(reused)).not.toContain("mcr_");
  const stored = await ground.db.orm.select().from(refreshTokens).where(eq(refreshTokens.userId, id));
  expect(JSON.stringify(stored)).not.toContain("mcr_");
});

test("of two that spend one refresh token at once, one wins and the family ends", async () => {
  const { tokens } = await signIn("viewer");
  const both = await Promise.allSettled([refresh(tokens.refresh_token), refresh(tokens.refresh_token)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const won = both.find((outcome) => outcome.status === "fulfilled");
  await expect(refresh(won?.value.refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
});

test("a wrong scope at the refresh costs nothing, and thirty days without a visit end it", async () => {
  const { tokens } = await signIn("viewer");
  await expect(refresh(tokens.refresh_token, "users:manage")).rejects.toMatchObject({
    code: "invalid_scope",
  });
  await clock.advance(29 * 86_400_000);
  const { refresh_token } = await refresh(tokens.refresh_token);
  await clock.advance(30 * 86_400_000);
  await expect(refresh(refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
});

test("a new password, a disabled user and a sign-out end what programs were let in by", async () => {
  const reset = await signIn("viewer");
  await resetPassword(admin, reset.email, "Correct-Horse-42-Battery");
  const disabled = await signIn("viewer");
  await changeUser(admin, { id: disabled.id, disabled: true });
  await changeUser(admin, { id: disabled.id, disabled: false });
  const signedOut = await signIn("viewer");
  await revokeRefreshToken(anyone, signedOut.tokens.refresh_token ?? "");
  for (const { tokens } of [reset, disabled, signedOut]) {
    expect(await callerOf(tokens.access_token)).toBeNull();
    await expect(refresh(tokens.refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
  }
});

test("the present role bounds a token that was made for a stronger one", async () => {
  const { id, tokens } = await signIn("admin");
  await changeUser(admin, { id, role: "viewer" });
  expect(await callerOf(tokens.access_token)).toMatchObject({ role: "viewer" });
  const next = await refresh(tokens.refresh_token);
  expect(next.scope).toBe("board:read");
});
