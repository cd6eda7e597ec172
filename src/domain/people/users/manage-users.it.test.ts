import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Topics } from "@/contracts/signals";
import { factsPending, passkeys, sessions, totpFactors } from "@/db/schema";
import { systemCtx } from "@/domain/kernel";
import { removeSecondFactor } from "@/domain/people/second-factor";
import { endSessionsOf, findSessionsOf } from "@/domain/people/sessions";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { changeUser, createUser, findUser, findUsers, setPassword } from ".";

let ground: TestGround;
const revoked: Topics["sessions.revoked"][] = [];
beforeAll(async () => {
  ground = await testGround();
  ground.bus.subscribe("sessions.revoked", (signal) => void revoked.push(signal));
});
beforeEach(() => revoked.splice(0));
afterAll(async () => {
  await ground.bus.close();
  await ground.db.close();
});

const password = "Correct-horse-7-battery";
const admin = () => personCtx(ground);
let count = 0;
/** Somebody with one open session. */
async function somebody(role: "admin" | "viewer" = "viewer") {
  const name = `Person ${++count}`;
  const user = await createUser(systemCtx(ground), { email: `p${count}@example.com`, name, role, password });
  const now = ground.clock.now();
  await ground.db.orm.insert(sessions).values({
    id: `session-${count}`,
    accountId: admin().account,
    userId: user.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + 60_000),
  });
  return user;
}
async function giveFactors(userId: string) {
  const own = { accountId: admin().account, userId, createdAt: ground.clock.now() };
  await ground.db.orm.insert(totpFactors).values({ ...own, sealedSecret: "x", confirmedAt: own.createdAt });
  await ground.db.orm.insert(passkeys).values({
    ...own,
    id: `pky_${userId}`,
    credentialId: userId,
    publicKey: "x",
    counter: 0,
    transports: [],
    backedUp: false,
    name: "phone",
  });
}
const factsOf = async (id: string, kind: string) =>
  (await ground.db.orm.select().from(factsPending)).filter(
    (fact) => fact.kind === kind && fact.target?.id === id,
  );

test("a list tells of each person what protects the account, where it is open, and whether it can be missed", async () => {
  const ada = await somebody("admin");
  const bob = await somebody();
  await giveFactors(bob.id);
  const of = async (id: string) => (await findUsers(admin(), { limit: 50 })).items.find((p) => p.id === id);
  expect(await of(ada.id)).toMatchObject({
    lastAdmin: true,
    hasPassword: true,
    factors: { app: false, passkeys: 0 },
    openSessions: 1,
  });
  expect(await of(bob.id)).toMatchObject({ lastAdmin: false, factors: { app: true, passkeys: 1 } });
  const cleo = await somebody("admin");
  expect((await of(ada.id))?.lastAdmin).toBe(false);
  await changeUser(admin(), { id: cleo.id, disabled: true });
  expect((await findUser(admin(), ada.id)).lastAdmin).toBe(true);
});

test("removing somebody's second factor takes app and passkeys, ends their sessions, and is a fact", async () => {
  const { id } = await somebody();
  expect(await removeSecondFactor(admin(), id)).toEqual({ removed: false });
  await giveFactors(id);
  expect(await removeSecondFactor(admin(), id)).toEqual({ removed: true });
  expect(await findUser(admin(), id)).toMatchObject({
    factors: { app: false, passkeys: 0 },
    openSessions: 0,
  });
  expect(await factsOf(id, "security.second_factor_removed")).toMatchObject([
    { before: { app: true, passkeys: 1 }, after: { app: false, passkeys: 0 }, data: { by: "admin" } },
  ]);
  expect(revoked.flatMap(({ sessionIds = [] }) => sessionIds)).toContain(`session-${count}`);
  const own = { ...admin(), actor: { kind: "user" as const, id, name: "Own" } };
  await expect(removeSecondFactor(own, id)).rejects.toMatchObject({ code: "conflict" });
  await expect(removeSecondFactor(personCtx(ground, "operator"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a password that an admin sets obeys the policy and ends the person's sessions", async () => {
  const { id } = await somebody();
  await expect(setPassword(admin(), { id, password: "short" })).rejects.toMatchObject({ code: "invalid" });
  expect(await findSessionsOf(admin(), id)).toHaveLength(1);
  await setPassword(admin(), { id, password: "Wandering-Moss-31-Lantern" });
  expect(await findSessionsOf(admin(), id)).toEqual([]);
  expect(await factsOf(id, "security.password_changed")).toMatchObject([
    { actor: { id: "usr_admin" }, data: { sessionsEnded: 1 } },
  ]);
  const own = { ...admin(), actor: { kind: "user" as const, id, name: "Own" } };
  await expect(setPassword(own, { id, password })).rejects.toMatchObject({ code: "conflict" });
});

test("somebody is signed out everywhere by an admin; an admin who does it to themselves stays", async () => {
  const { id } = await somebody();
  expect(await endSessionsOf(admin(), id)).toBe(1);
  expect(await ground.db.orm.select().from(sessions).where(eq(sessions.userId, id))).toEqual([]);
  expect(await factsOf(id, "security.session_revoked")).toMatchObject([
    { before: { openSessions: 1 }, after: { openSessions: 0 } },
  ]);
  const self = await somebody("admin");
  const own = { ...admin(), actor: { kind: "user" as const, id: self.id, name: "Own" } };
  expect(await endSessionsOf({ ...own, sessionId: `session-${count}` }, self.id)).toBe(0);
  expect(await findSessionsOf({ ...own, sessionId: `session-${count}` }, self.id)).toMatchObject([
    { current: true },
  ]);
});

test("another account's people do not exist", async () => {
  const { id } = await somebody();
  const stranger = personCtx(ground, "admin", "acc_other");
  for (const act of [
    () => removeSecondFactor(stranger, id),
    () => setPassword(stranger, { id, password: "Wandering-Moss-31-Lantern" }),
    () => findSessionsOf(stranger, id),
    () => endSessionsOf(stranger, id),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: "not-found" });
  }
});
