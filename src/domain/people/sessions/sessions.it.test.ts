import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { factsPending, sessions } from "@/db/schema";
import { systemCtx } from "@/domain/kernel";
import { changeUser, createUser, findUsers } from "@/domain/people/users";
import { systemClock } from "@/platform/clock";
import { sha256Hex } from "@/platform/crypto";
import { toSignInRules } from "@/platform/env";
import { memoryLimits } from "@/platform/limits";
import { eventually } from "@/testing/eventually";
import { type TestGround, testGround } from "@/testing/ground";
import {
  createAttempts,
  createAuthenticator,
  endOtherSessions,
  findOwnSessions,
  login,
  sessionCookies,
} from ".";

const dayMs = 86_400_000;
const password = "Correct-horse-7-battery";
const visitor = { ip: "127.0.0.1", userAgent: "test" };
const url = "http://127.0.0.1:3000";

let ground: TestGround;
let aheadMs = 0;
beforeAll(async () => {
  const clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs), sleep: async () => {} };
  ground = await testGround({ clock });
});
afterAll(() => ground.db.close());

let count = 0;
async function signedIn(role: "viewer" | "admin" = "viewer") {
  const email = `user${++count}@example.com`;
  const user = await createUser(systemCtx(ground), { email, name: `User ${count}`, role, password });
  const attempts = createAttempts(ground, memoryLimits());
  const answer = await login(systemCtx(ground), { identifier: email, password }, visitor, attempts);
  if (!("token" in answer)) throw new Error("a second factor was asked for");
  const { token } = answer;
  const [cookie = ""] = sessionCookies(ground, url).carrying(token).split(";");
  return { user, token, cookie };
}
const authenticate = (headers: Record<string, string>) => createAuthenticator(ground, { url })(headers);

test("the database holds the hash of the token, and the hash opens nothing", async () => {
  const { user, token, cookie } = await signedIn();
  const rows = await ground.db.orm.select().from(sessions).where(eq(sessions.userId, user.id));
  expect(rows.map((row) => row.id)).toEqual([sha256Hex(token)]);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(cookie).not.toContain(token);
  expect(await authenticate({ cookie })).toMatchObject({
    actor: { id: user.id },
    role: "viewer",
    via: "cookie",
  });

  const cookies = sessionCookies(ground, url);
  const [stolen = ""] = cookies.carrying(sha256Hex(token)).split(";");
  expect((await authenticate({ cookie: stolen })).via).toBe("nothing");
  expect((await authenticate({ cookie: `mc_session=${token}` })).via).toBe("nothing");
});

test("a session lasts seven days from the last visit and is prolonged in its second half", async () => {
  const { cookie } = await signedIn();
  aheadMs = 3 * dayMs;
  expect((await authenticate({ cookie })).setCookie).toBeNull();
  aheadMs = 4 * dayMs;
  expect((await authenticate({ cookie })).setCookie).toContain("mc_session=");
  aheadMs = 10 * dayMs;
  expect((await authenticate({ cookie })).via).toBe("cookie");
  aheadMs = 18 * dayMs;
  expect((await authenticate({ cookie })).via).toBe("nothing");
  aheadMs = 0;
});

test("over https the cookie is Secure and carries the __Host- prefix", () => {
  const cookie = sessionCookies(ground, "https://control.example.com").carrying("token");
  expect(cookie).toMatch(/^__Host-mc_session=/);
  for (const attribute of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"])
    expect(cookie).toContain(attribute);
});

test("disabling a user ends the sessions at once; a new role counts with the next request", async () => {
  const admin = await signedIn("admin");
  const other = await signedIn("admin");
  const ctx = systemCtx(ground);
  await changeUser(ctx, { id: other.user.id, role: "viewer" });
  expect((await authenticate({ cookie: other.cookie })).role).toBe("viewer");
  await changeUser(ctx, { id: other.user.id, disabled: true });
  expect((await authenticate({ cookie: other.cookie })).via).toBe("nothing");

  const admins = (await findUsers(ctx, { limit: 100 })).items.filter((user) => user.role === "admin");
  expect(admins.map((user) => user.id)).toEqual([admin.user.id]);
  await expect(changeUser(ctx, { id: admin.user.id, role: "viewer" })).rejects.toThrow("last admin");
  await expect(changeUser(ctx, { id: admin.user.id, disabled: true })).rejects.toThrow("last admin");
});

test("a failed login tells nobody why, but the log does", async () => {
  const { user } = await signedIn();
  const ctx = systemCtx(ground);
  const attempts = createAttempts(ground, memoryLimits());
  const said: string[] = [];
  for (const identifier of [user.email, "nobody@example.com", "Hunter2-typed-here"]) {
    await login(ctx, { identifier, password: "wrong" }, visitor, attempts).catch((error) =>
      said.push(error.message),
    );
  }
  expect(new Set(said).size).toBe(1);
  const failures = (await ground.db.orm.select().from(factsPending))
    .filter((fact) => fact.kind === "security.login_failed")
    .map((fact) => [fact.data?.because, fact.data?.identifier]);
  expect(failures).toEqual([
    ["wrong password", user.email],
    ["unknown user", "nobody@example.com"],
    ["unknown user", "(not an e-mail address)"],
  ]);
});

test("MC_SESSION_TTL_SECONDS is the life of a session and of its cookie", async () => {
  const { email } = (await signedIn()).user;
  const short = { ...ground, signIn: toSignInRules({ MC_SESSION_TTL_SECONDS: 3_600 }) };
  const attempts = createAttempts(short, memoryLimits());
  const entered = await login(systemCtx(short), { identifier: email, password }, visitor, attempts);
  if (!("token" in entered)) throw new Error("a second factor was asked for");
  const header = sessionCookies(short, url).carrying(entered.token);
  expect(header).toContain("Max-Age=3600");
  const [cookie = ""] = header.split(";");
  const ask = () => createAuthenticator(short, { url })({ cookie });
  aheadMs = 3_500_000;
  expect((await ask()).via).toBe("cookie");
  aheadMs += 3_601_000;
  expect((await ask()).via).toBe("nothing");
  aheadMs = 0;
});

test("MC_SESSION_IDLE_SECONDS ends a session that nobody used, and spares one that is", async () => {
  const { user, cookie } = await signedIn();
  const strict = { ...ground, signIn: toSignInRules({ MC_SESSION_IDLE_SECONDS: 1_800 }) };
  const ask = () => createAuthenticator(strict, { url })({ cookie });
  for (let visit = 0; visit < 3; visit += 1) {
    aheadMs += 1_790_000;
    expect((await ask()).via).toBe("cookie");
  }
  aheadMs += 1_861_000;
  expect((await ask()).via).toBe("nothing");
  expect(await ground.db.orm.select().from(sessions).where(eq(sessions.userId, user.id))).toEqual([]);
  aheadMs = 0;
});

test("a session ends with the provider's token, however often it is used", async () => {
  const { user, token, cookie } = await signedIn();
  const endsBy = new Date(Date.now() + 60_000);
  await ground.db.orm
    .update(sessions)
    .set({ endsBy })
    .where(eq(sessions.id, sha256Hex(token)));
  const asUser = { ...systemCtx(ground), actor: { kind: "user" as const, id: user.id, name: user.name } };
  const listed = async () => (await findOwnSessions(asUser, null)).map((session) => session.expiresAt);
  expect(await listed()).toEqual([endsBy.toISOString()]);
  aheadMs = 59_000;
  expect((await authenticate({ cookie })).via).toBe("cookie");
  aheadMs = 61_000;
  expect(await listed()).toEqual([]);
  expect((await authenticate({ cookie })).via).toBe("nothing");
  aheadMs = 0;
  expect((await authenticate({ cookie })).via).toBe("nothing");
});

test("all other sessions end at once, this one and other people's stay", async () => {
  const [mine, stranger] = [await signedIn(), await signedIn()];
  const { email, id } = mine.user;
  const attempts = createAttempts(ground, memoryLimits());
  for (let count = 0; count < 2; count++)
    await login(systemCtx(ground), { identifier: email, password }, visitor, attempts);
  const asUser = { ...systemCtx(ground), actor: { kind: "user" as const, id, name: mine.user.name } };
  const told: string[] = [];
  ground.bus.subscribe("sessions.revoked", ({ sessionIds }) => told.push(...(sessionIds ?? [])));
  const current = sha256Hex(mine.token);
  expect(await findOwnSessions(asUser, current)).toHaveLength(3);
  expect(await endOtherSessions(asUser, { sessionId: current, family: null })).toMatchObject({ ended: 2 });
  expect(await findOwnSessions(asUser, current)).toMatchObject([{ current: true, cameBy: "password" }]);
  await eventually(() => told.length === 2);
  expect(told).not.toContain(current);
  expect((await authenticate({ cookie: stranger.cookie })).via).toBe("cookie");
  expect(await endOtherSessions(asUser, { sessionId: current, family: null })).toEqual({
    ended: 0,
    programs: 0,
  });
});
