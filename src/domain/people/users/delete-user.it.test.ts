import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { factsPending, users } from "@/db/schema";
import { systemCtx } from "@/domain/kernel";
import { beginSession } from "@/domain/people/sessions";
import { createToken, findTokenHolder } from "@/domain/people/tokens";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { changeUser, createUser, deleteUser, findUsers, userRow } from ".";

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
});
afterAll(() => ground.db.close());

const add = (name: string, role: "admin" | "viewer") =>
  createUser(systemCtx(ground), {
    email: `${name.toLowerCase()}@example.com`,
    name,
    role,
    password: "Correct-horse-7-battery",
  });

test("a deleted person is gone with sessions and tokens; the log goes on naming them", async () => {
  const ada = await add("Ada", "admin");
  const bob = await add("Bob", "viewer");
  const boss = { ...personCtx(ground), actor: { kind: "user" as const, id: ada.id, name: ada.name } };
  const his = {
    ...personCtx(ground, "viewer"),
    actor: { kind: "user" as const, id: bob.id, name: bob.name },
  };
  await beginSession(his, await userRow(his, bob.id), { ip: null, userAgent: null }, { cameBy: "password" });
  const { token } = await createToken(his, { name: "script", role: "viewer" });

  await expect(deleteUser(his, ada.id)).rejects.toMatchObject({ code: "forbidden" });
  await deleteUser(boss, bob.id);
  await expect(deleteUser(boss, bob.id)).rejects.toMatchObject({ code: "not-found" });
  expect(await ground.db.orm.select().from(users).where(eq(users.id, bob.id))).toEqual([]);
  expect(await findTokenHolder(ground, token)).toBeNull();
  const facts = await ground.db.orm.select().from(factsPending);
  expect(facts.find(({ kind }) => kind === "user.deleted")).toMatchObject({
    target: { id: bob.id, name: "Bob" },
    before: { email: "bob@example.com", role: "viewer" },
    data: { sessionsEnded: 1 },
  });
  expect(facts.some(({ kind }) => kind === "security.token_revoked")).toBe(true);
  await add("Bob", "viewer");
});

test("the last admin who can sign in is neither deleted nor demoted, and nobody deletes themselves", async () => {
  const [ada] = (await findUsers(systemCtx(ground), { limit: 5, q: "ADA@" })).items;
  if (!ada) throw new Error("Ada is gone");
  const boss = { ...personCtx(ground), actor: { kind: "user" as const, id: ada.id, name: ada.name } };
  await expect(deleteUser(boss, ada.id)).rejects.toMatchObject({ code: "conflict" });
  await expect(deleteUser(systemCtx(ground), ada.id)).rejects.toThrow(/last admin/);
  await expect(changeUser(boss, { id: ada.id, role: "viewer" })).rejects.toThrow(/last admin/);
  const cleo = await add("Cleo", "admin");
  await deleteUser({ ...boss, actor: { ...boss.actor, id: cleo.id } }, ada.id);
  await expect(deleteUser(systemCtx(ground), cleo.id)).rejects.toThrow(/last admin/);
});

test("people are found by a part of name or address; what looks like a pattern is text", async () => {
  const names = async (q: string) =>
    (await findUsers(systemCtx(ground), { limit: 5, q })).items.map(({ name }) => name);
  expect(await names("cle")).toEqual(["Cleo"]);
  expect(await names("BOB@example")).toEqual(["Bob"]);
  expect(await names("%")).toEqual([]);
});
