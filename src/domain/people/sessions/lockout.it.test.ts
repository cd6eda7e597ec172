import { afterAll, beforeAll, expect, test } from "vitest";
import { factsPending } from "@/db/schema";
import { isRefusal, systemCtx } from "@/domain/kernel";
import { changeUser, createUser, findUser, resetPassword, unlockUser } from "@/domain/people/users";
import { systemClock } from "@/platform/clock";
import { toSignInRules } from "@/platform/env";
import { memoryLimits } from "@/platform/limits";
import { type TestGround, testGround } from "@/testing/ground";
import { createAttempts, login } from ".";

const password = "Correct-horse-7-battery";
const lockoutMs = 600_000;
let ground: TestGround;
let aheadMs = 0;
beforeAll(async () => {
  const clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs), sleep: async () => {} };
  const signIn = toSignInRules({ MC_LOGIN_MAX_FAILURES: 3, MC_LOGIN_LOCKOUT_SECONDS: lockoutMs / 1_000 });
  ground = await testGround({ clock, signIn });
});
afterAll(() => ground.db.close());

let people = 0;
async function person() {
  const email = `locked${++people}@example.com`;
  return createUser(systemCtx(ground), { email, name: `Person ${people}`, role: "viewer", password });
}
let places = 0;
/** Each from an address of its own, as a patient attacker has them: what is left is the account's own lock. */
async function tryLogin(identifier: string, typed: string) {
  const visitor = { ip: `127.1.${places >> 8}.${++places % 256}`, userAgent: null };
  const attempts = createAttempts(ground, memoryLimits());
  return login(systemCtx(ground), { identifier, password: typed }, visitor, attempts).then(
    () => ({ code: "in", message: "" }),
    (error: unknown) => {
      if (!isRefusal(error)) throw error;
      return { code: error.code, message: error.message };
    },
  );
}
const factsOf = async (id: string) =>
  (await ground.db.orm.select().from(factsPending))
    .filter((fact) => fact.target?.id === id && fact.kind.startsWith("security."))
    .map((fact) => fact.kind.replace("security.", ""));

test("wrong passwords in a row lock the account for a while; who knows the right one hears until when", async () => {
  const user = await person();
  for (let count = 0; count < 3; count++)
    expect((await tryLogin(user.email, "wrong")).code).toBe("unauthenticated");
  const told = await tryLogin(user.email, password);
  expect(told.code).toBe("too-many");
  expect(told.message).toMatch(/locked until \d\d:\d\d UTC.*Try again in 10 minutes, or ask an admin/);
  expect(await factsOf(user.id)).toEqual([
    ...["login_failed", "login_failed", "account_locked", "login_failed", "login_failed"],
  ]);
  aheadMs += lockoutMs;
  expect((await tryLogin(user.email, password)).code).toBe("in");
});

test("a locked account answers wrong passwords like one that does not exist, and guessing on prolongs nothing", async () => {
  const user = await person();
  for (let count = 0; count < 3; count++) await tryLogin(user.email, "wrong");
  const until = (await findUser(systemCtx(ground), user.id)).lockedUntil;
  const answers = [await tryLogin("nobody@example.com", "wrong"), await tryLogin(user.email, "wrong")];
  expect(answers[1]).toEqual(answers[0]);
  for (let count = 0; count < 4; count++) await tryLogin(user.email, "wrong");
  expect((await findUser(systemCtx(ground), user.id)).lockedUntil).toBe(until);
});

test("the right password begins the count anew", async () => {
  const user = await person();
  for (let round = 0; round < 3; round++) {
    for (let count = 0; count < 2; count++) await tryLogin(user.email, "wrong");
    expect((await tryLogin(user.email, password)).code).toBe("in");
  }
});

test("guesses at the same moment are all counted", async () => {
  const user = await person();
  await Promise.all([1, 2, 3].map((each) => tryLogin(user.email, `wrong ${each}`)));
  expect((await tryLogin(user.email, password)).code).toBe("too-many");
});

test("an admin, the rescue command and a new password open a locked account", async () => {
  const ctx = systemCtx(ground);
  const user = await person();
  const lock = async () => {
    for (let count = 0; count < 3; count++) await tryLogin(user.email, "wrong");
    expect((await tryLogin(user.email, password)).code).toBe("too-many");
  };
  await lock();
  expect((await changeUser(ctx, { id: user.id, unlock: true })).lockedUntil).toBeNull();
  expect((await tryLogin(user.email, password)).code).toBe("in");
  await lock();
  expect(await unlockUser(ctx, user.email.toUpperCase())).toEqual({ id: user.id, wasLocked: true });
  expect((await tryLogin(user.email, password)).code).toBe("in");
  expect(await unlockUser(ctx, user.email)).toEqual({ id: user.id, wasLocked: false });
  await lock();
  await resetPassword(ctx, user.email, password);
  expect((await tryLogin(user.email, password)).code).toBe("in");
  expect((await factsOf(user.id)).filter((kind) => kind === "account_unlocked")).toHaveLength(2);
});
