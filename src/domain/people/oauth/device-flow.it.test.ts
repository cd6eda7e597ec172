import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refreshTokens } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { changeUser, resetPassword } from "@/domain/people/users";
import { issuer, type OAuthTrial, oauthTrial, place, typed, unlimited } from "@/testing/oauth";
import { beginDeviceGrant, decideDeviceGrant, findDeviceAsk, revokeRefreshToken } from ".";

let trial: OAuthTrial;
beforeAll(async () => {
  trial = await oauthTrial();
});
afterAll(() => trial.stop());

test("a device waits, is let in by a person, and its code works once", async () => {
  const grant = await trial.begin();
  expect(grant.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  expect(grant).toMatchObject({ verification_uri: `${issuer}/device`, interval: 5, expires_in: 900 });
  await expect(trial.poll(grant.device_code)).rejects.toMatchObject({ code: "authorization_pending" });
  const mira = await trial.person("operator");
  const ask = await findDeviceAsk(mira.ctx, "a session", typed(grant.user_code), unlimited);
  expect(ask).toMatchObject({ clientName: "mc on laptop", ip: place.ip });
  await decideDeviceGrant(mira.ctx, "a session", { ask: ask.ask, approve: true });
  await expect(
    decideDeviceGrant(mira.ctx, "a session", { ask: ask.ask, approve: false }),
  ).rejects.toMatchObject({ code: "conflict" });
  await trial.clock.advance(5_000);
  const tokens = await trial.poll(grant.device_code);
  expect(tokens).toMatchObject({ expires_in: 600, refresh_token: expect.stringMatching(/^mcr_.{43}$/) });
  expect(await trial.callerOf(tokens.access_token)).toMatchObject({
    actor: { kind: "token", id: mira.id, name: "Mira (mc on laptop)" },
    role: "operator",
  });
  await expect(trial.poll(grant.device_code)).rejects.toMatchObject({ code: "invalid_grant" });
  expect(await trial.factsOf("security.device_approved")).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ data: expect.objectContaining({ client: "mc on laptop", ip: place.ip }) }),
    ]),
  );
});

test("a device that asks too fast is told to slow down, more each time", async () => {
  const { device_code, user_code } = await trial.begin();
  await expect(trial.poll(device_code)).rejects.toMatchObject({ code: "authorization_pending" });
  await trial.clock.advance(1_000);
  await expect(trial.poll(device_code)).rejects.toMatchObject({ code: "slow_down" });
  await trial.clock.advance(6_000);
  await expect(trial.poll(device_code)).rejects.toMatchObject({ code: "slow_down" });
  await trial.decide((await trial.person("viewer")).ctx, user_code);
  await trial.clock.advance(15_000);
  expect(await trial.poll(device_code)).toMatchObject({ token_type: "Bearer" });
});

test("who is refused, or waits too long, gets nothing", async () => {
  const denied = await trial.begin();
  await trial.decide((await trial.person("viewer")).ctx, denied.user_code, false);
  await expect(trial.poll(denied.device_code)).rejects.toMatchObject({ code: "access_denied" });
  expect(await trial.factsOf("security.device_denied")).toHaveLength(1);
  const late = await trial.begin();
  await trial.clock.advance(15 * 60_000);
  await expect(trial.poll(late.device_code)).rejects.toMatchObject({ code: "expired_token" });
  await expect(trial.decide((await trial.person("viewer")).ctx, late.user_code)).rejects.toMatchObject({
    code: "invalid",
  });
});

test("only a person at a browser lets a device in, and nobody in another's name", async () => {
  const { user_code } = await trial.begin();
  const mira = await trial.person("viewer");
  const program: Ctx = { ...mira.ctx, actor: { ...mira.ctx.actor, kind: "token" } };
  await expect(findDeviceAsk(program, null, typed(user_code), unlimited)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(findDeviceAsk(mira.ctx, null, typed(user_code), unlimited)).rejects.toMatchObject({
    code: "forbidden",
  });
  const { ask } = await findDeviceAsk(mira.ctx, "a session", typed(user_code), unlimited);
  const other = await trial.person("viewer");
  for (const stolen of [ask, "nonsense"]) {
    await expect(
      decideDeviceGrant(other.ctx, "a session", { ask: stolen, approve: true }),
    ).rejects.toMatchObject({ code: "not-found" });
  }
});

test("twenty wait from one address, the next one is told when", async () => {
  const from = { ip: "192.0.2.99" };
  const ask = () => beginDeviceGrant(trial.anyone, { client_id: "mc" }, from, issuer);
  for (let index = 0; index < 20; index++) await ask();
  await expect(ask()).rejects.toMatchObject({ code: "slow_down", retryAfterMs: 60_000 });
});

test("each refresh gives a new token; a used one that comes again ends the whole family", async () => {
  const { id, tokens } = await trial.signIn("operator");
  const second = await trial.refresh(tokens.refresh_token);
  expect(second.refresh_token).not.toBe(tokens.refresh_token);
  await expect(trial.refresh(tokens.refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
  await expect(trial.refresh(second.refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
  expect(await trial.callerOf(second.access_token)).toBeNull();
  const reused = await trial.factsOf("security.refresh_reused");
  expect(reused).toMatchObject([{ target: { kind: "user", id }, data: { client: "mc on laptop" } }]);
  expect(JSON.stringify(reused)).not.toContain("mcr_");
  const stored = await trial.ground.db.orm.select().from(refreshTokens).where(eq(refreshTokens.userId, id));
  expect(JSON.stringify(stored)).not.toContain("mcr_");
});

test("of two that spend one refresh token at once, one wins and the family ends", async () => {
  const { tokens } = await trial.signIn("viewer");
  const both = await Promise.allSettled([
    trial.refresh(tokens.refresh_token),
    trial.refresh(tokens.refresh_token),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const won = both.find((outcome) => outcome.status === "fulfilled");
  await expect(trial.refresh(won?.value.refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
});

test("a wrong scope at the refresh costs nothing, and thirty days without a visit end it", async () => {
  const { tokens } = await trial.signIn("viewer");
  await expect(trial.refresh(tokens.refresh_token, "users:manage")).rejects.toMatchObject({
    code: "invalid_scope",
  });
  await trial.clock.advance(29 * 86_400_000);
  const { refresh_token } = await trial.refresh(tokens.refresh_token);
  await trial.clock.advance(30 * 86_400_000);
  await expect(trial.refresh(refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
});

test("a new password, a disabled user and a sign-out end what programs were let in by", async () => {
  const reset = await trial.signIn("viewer");
  await resetPassword(trial.admin, reset.email, "Correct-Horse-42-Battery");
  const disabled = await trial.signIn("viewer");
  await changeUser(trial.admin, { id: disabled.id, disabled: true });
  await changeUser(trial.admin, { id: disabled.id, disabled: false });
  const signedOut = await trial.signIn("viewer");
  await revokeRefreshToken(trial.anyone, signedOut.tokens.refresh_token ?? "");
  for (const { tokens } of [reset, disabled, signedOut]) {
    expect(await trial.callerOf(tokens.access_token)).toBeNull();
    await expect(trial.refresh(tokens.refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
  }
});

test("the present role bounds a token that was made for a stronger one", async () => {
  await trial.person("admin");
  const { id, tokens } = await trial.signIn("admin");
  await changeUser(trial.admin, { id, role: "viewer" });
  expect(await trial.callerOf(tokens.access_token)).toMatchObject({ role: "viewer" });
  const next = await trial.refresh(tokens.refresh_token);
  expect(next.scope).toBe("board:read");
});
