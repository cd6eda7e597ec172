import { afterAll, beforeAll, expect, test } from "vitest";
import { systemCtx } from "@/domain/kernel";
import { createAttempts, login } from "@/domain/people/sessions";
import { systemClock } from "@/platform/clock";
import { memoryLimits } from "@/platform/limits";
import { type TestGround, testGround } from "@/testing/ground";
import { changeUser, createUser, resetPassword } from ".";

const password = "Correct-horse-7-battery";
let ground: TestGround;
beforeAll(async () => {
  ground = await testGround({ clock: { ...systemClock, sleep: async () => {} } });
});
afterAll(() => ground.db.close());

const ctx = () => systemCtx(ground);
const signIn = (identifier: string) =>
  login(
    ctx(),
    { identifier, password },
    { ip: null, userAgent: null },
    createAttempts(ground, memoryLimits()),
  );
const make = (email: string, username?: string, role: "viewer" | "admin" = "viewer") =>
  createUser(ctx(), { email, name: "Somebody", role, password, ...(username ? { username } : {}) });

test("a person signs in by username or by address, in whatever case", async () => {
  const { id } = await make("ada@example.com", "Ada.B");
  for (const identifier of ["ada.b", " ADA.B ", "ada@example.com", "ADA@EXAMPLE.COM"])
    expect(await signIn(identifier), identifier).toMatchObject({ user: { id, username: "Ada.B" } });
  for (const identifier of ["ada", "", "null", "ada.b@"])
    await expect(signIn(identifier), identifier).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a username is one person's, however it is written, and can be changed and taken away", async () => {
  const taken = { code: "conflict", details: { fields: [{ path: "username", message: "is in use" }] } };
  const { id } = await make("bob@example.com", "bob");
  await expect(make("bob2@example.com", "BOB")).rejects.toMatchObject(taken);
  const other = await make("bob2@example.com", "rob");
  await expect(changeUser(ctx(), { id: other.id, username: "Bob" })).rejects.toMatchObject(taken);
  await changeUser(ctx(), { id, username: null });
  await expect(signIn("bob")).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await changeUser(ctx(), { id: other.id, username: "bob" })).toMatchObject({ username: "bob" });
  expect(await signIn("bob")).toMatchObject({ user: { id: other.id } });
});

test("no password holds the username, and the rescue path knows people by it", async () => {
  await make("cy@example.com", "quicksand");
  await expect(resetPassword(ctx(), "quicksand", "My-Quicksand-7-pw")).rejects.toMatchObject({
    details: { fields: [{ path: "password", rule: "personal" }] },
  });
  await resetPassword(ctx(), "quicksand", "Wandering-moss-31-lantern");
});
