import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { factsPending, passkeys, sessions, users } from "@/db/schema";
import { type Ctx, systemCtx } from "@/domain/kernel";
import { askPasskeyForLogin, askPasskeyForStepUp, finishLogin, stepUp } from "@/domain/people/second-factor";
import { beginSession, createAttempts, login } from "@/domain/people/sessions";
import { createUser, userRow } from "@/domain/people/users";
import { sha256Hex } from "@/platform/crypto";
import { memoryLimits } from "@/platform/limits";
import { softAuthenticator } from "@/testing/authenticator";
import { fakeClock } from "@/testing/clock";
import { type TestGround, testGround } from "@/testing/ground";
import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  findOwnPasskeys,
  finishPasskeyRegistration,
  finishPasskeySignIn,
  relyingPartyOf,
  removePasskey,
  renamePasskey,
} from ".";

const password = "Correct-horse-7-battery";
const party = relyingPartyOf("http://localhost:3000");
const visitor = { ip: "127.0.0.9", userAgent: "test" };
const clock = fakeClock();

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround({ clock: { ...clock, sleep: () => Promise.resolve() } });
});
afterAll(() => ground.db.close());

const guard = () => createAttempts(ground, memoryLimits());

async function person(name: string) {
  const email = `${name.toLowerCase()}@example.com`;
  const { id } = await createUser(systemCtx(ground), { email, name, role: "operator", password });
  const ctx: Ctx = { ...systemCtx(ground), actor: { kind: "user", id, name }, role: "operator" };
  const token = await beginSession(ctx, await userRow(ctx, id), visitor, { cameBy: "password" });
  const sessionId = sha256Hex(token);
  return { ctx: { ...ctx, sessionId }, id, sessionId };
}

async function withPasskey(name: string) {
  const who = await person(name);
  const key = softAuthenticator(party.origin);
  const options = await beginPasskeyRegistration(who.ctx, { name: "Laptop" }, guard(), party);
  const made = await finishPasskeyRegistration(who.ctx, key.make(options), party);
  return { ...who, key, made };
}

const signIn = (shown: Parameters<typeof finishPasskeySignIn>[1], attempts = guard()) =>
  finishPasskeySignIn(systemCtx(ground), shown, visitor, attempts, party);
const ask = () => beginPasskeySignIn(systemCtx(ground), party);

async function lastFailure(): Promise<unknown> {
  const rows = await ground.db.orm
    .select()
    .from(factsPending)
    .where(eq(factsPending.kind, "security.login_failed"))
    .orderBy(factsPending.id);
  return rows.at(-1)?.data;
}

test("a passkey opens a session without a name or a password, as two factors at once", async () => {
  const { id, key } = await withPasskey("Ada");
  const { user, token } = await signIn(key.show(await ask()));
  expect(user.id).toBe(id);
  const [session] = await ground.db.orm
    .select()
    .from(sessions)
    .where(eq(sessions.id, sha256Hex(token)));
  expect(session).toMatchObject({ userId: id, cameBy: "passkey", stepUpAt: ground.clock.now() });
});

test("a challenge works once", async () => {
  const { key } = await withPasskey("Bob");
  const options = await ask();
  await signIn(key.show(options));
  await expect(signIn(key.show(options))).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a counter that goes backwards is refused and recorded", async () => {
  const { key, id } = await withPasskey("Cleo");
  await signIn(key.show(await ask(), { counter: 7 }));
  for (const counter of [7, 3, 0]) {
    await expect(signIn(key.show(await ask(), { counter }))).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(await lastFailure()).toMatchObject({ because: "passkey counter went backwards" });
  }
  const [kept] = await ground.db.orm.select().from(passkeys).where(eq(passkeys.userId, id));
  expect(kept?.counter).toBe(7);
  await signIn(key.show(await ask(), { counter: 8 }));
});

test("a key that never counts keeps working", async () => {
  const { key } = await withPasskey("Dora");
  for (const _ of [1, 2]) await signIn(key.show(await ask(), { counter: 0 }));
});

test("another page, an absent finger, a foreign key and a disabled person get one and the same answer", async () => {
  const { key, id } = await withPasskey("Eve");
  const stranger = softAuthenticator(party.origin);
  const shown = [
    key.show(await ask(), { origin: "http://evil.localhost" }),
    key.show(await ask(), { verified: false }),
    { ...stranger.show(await ask()), id: key.id, rawId: key.id },
    stranger.show(await ask()),
  ];
  await ground.db.orm.update(users).set({ disabledAt: ground.clock.now() }).where(eq(users.id, id));
  const answers = new Set<string>();
  for (const one of [...shown, key.show(await ask())]) {
    answers.add(
      await signIn(one).then(
        () => "in",
        (error: Error) => error.message,
      ),
    );
  }
  expect([...answers]).toEqual([expect.stringMatching(/^This passkey did not open/)]);
  expect(await lastFailure()).toMatchObject({ because: "disabled user" });
});

test("a new passkey takes a fresh proof: a recent sign-in, or the password", async () => {
  const { ctx } = await person("Finn");
  const begin = (given: { password?: string }) =>
    beginPasskeyRegistration(ctx, { name: "Phone", ...given }, guard(), party);
  await begin({});
  clock.advance(11 * 60_000);
  await expect(begin({})).rejects.toMatchObject({ details: { fields: [{ path: "password" }] } });
  await expect(begin({ password: "wrong" })).rejects.toMatchObject({ code: "forbidden" });
  await begin({ password });
});

test("one's challenge makes no passkey for another, and no passkey is made twice", async () => {
  const { ctx, key } = await withPasskey("Gus");
  const other = await person("Hal");
  const begin = () => beginPasskeyRegistration(ctx, { name: "Again" }, guard(), party);
  const options = await begin();
  expect(options.excludeCredentials).toMatchObject([{ id: key.id }]);
  await expect(finishPasskeyRegistration(other.ctx, key.make(options), party)).rejects.toMatchObject({
    code: "invalid",
  });
  const again = key.make(await begin());
  await expect(finishPasskeyRegistration(ctx, again, party)).rejects.toMatchObject({ code: "conflict" });
});

test("its owner renames and removes it; the other sessions end and it opens nothing", async () => {
  const { ctx, key, made, sessionId, id } = await withPasskey("Ida");
  const other = await person("Jon");
  await expect(renamePasskey(other.ctx, { id: made.id, name: "Mine" })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(removePasskey(other.ctx, made.id)).rejects.toMatchObject({ code: "not-found" });
  await renamePasskey(ctx, { id: made.id, name: "Blue key" });
  expect(await findOwnPasskeys(ctx)).toMatchObject([{ name: "Blue key" }]);
  await signIn(key.show(await ask()));
  await removePasskey(ctx, made.id);
  expect(await findOwnPasskeys(ctx)).toEqual([]);
  const left = await ground.db.orm.select().from(sessions).where(eq(sessions.userId, id));
  expect(left.map((session) => session.id)).toEqual([sessionId]);
  await expect(signIn(key.show(await ask()))).rejects.toMatchObject({ code: "unauthenticated" });
});

test("passkeys need a name and https; localhost is the exception", () => {
  expect(relyingPartyOf("https://mc.example.com:8443")).toEqual({
    id: "mc.example.com",
    origin: "https://mc.example.com:8443",
  });
  for (const url of ["http://127.0.0.1:3000", "https://[::1]", "http://mc.example.com"]) {
    expect(() => relyingPartyOf(url)).toThrow(/MC_URL/);
  }
});

test("who has a passkey finishes a sign-in by password with it, and steps up with it", async () => {
  const { ctx, key, id } = await withPasskey("Kim");
  const other = await withPasskey("Lou");
  const anyone = systemCtx(ground);
  const next = await login(anyone, { identifier: "kim@example.com", password }, visitor, guard());
  if (!("next" in next)) throw new Error("the password alone was enough");
  expect(next.methods).toEqual(["passkey"]);
  const askFor = () => askPasskeyForLogin(anyone, next.ticket, party);
  const finish = (passkey: ReturnType<typeof key.show>) =>
    finishLogin(anyone, { ticket: next.ticket, passkey, party }, visitor, guard());
  const options = await askFor();
  expect(options.allowCredentials).toMatchObject([{ id: key.id }]);
  await expect(finish(other.key.show(options))).rejects.toMatchObject({ code: "unauthenticated" });
  expect((await finish(key.show(await askFor()))).user.id).toBe(id);

  await clock.advance(11 * 60_000);
  await expect(removePasskey(ctx, "none")).rejects.toMatchObject({ details: { stepUp: true } });
  const passkey = key.show(await askPasskeyForStepUp(ctx, party));
  await stepUp(ctx, { passkey, party }, visitor, guard());
  await expect(removePasskey(ctx, "none")).rejects.toMatchObject({ code: "not-found" });
});
