import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportedUser, importUsersSchema } from "@/contracts/people/import-users";
import { factsPending, users } from "@/db/schema";
import { systemCtx } from "@/domain/kernel";
import { createAttempts, login } from "@/domain/people/sessions";
import { systemClock } from "@/platform/clock";
import { memoryLimits } from "@/platform/limits";
import { type TestGround, testGround } from "@/testing/ground";
import { importUsers } from ".";

/** Of "Früher-war-7-besser", by the C library of a Linux machine. */
const rest = "$10$N9qo8uLOickgx2ZMRZoMyeTFXuPw3mjejnQJl9bVXSyWahpFQVLji";
const password = "Früher-war-7-besser";
let ground: TestGround;
beforeAll(async () => {
  ground = await testGround({ clock: { ...systemClock, sleep: async () => {} } });
});
afterAll(() => ground.db.close());

const ctx = () => systemCtx(ground);
const signIn = (identifier: string, typed = password) =>
  login(
    ctx(),
    { identifier, password: typed },
    { ip: null, userAgent: null },
    createAttempts(ground, memoryLimits()),
  );
const person = (email: string, given: Partial<ImportedUser> = {}): ImportedUser => ({
  email,
  role: "viewer",
  passwordHash: `$2b${rest}`,
  ...given,
});
async function hashOf(email: string): Promise<string> {
  const [row] = await ground.db.orm.select().from(users).where(eq(users.email, email));
  return row?.passwordHash ?? "";
}
const rehashed = async () =>
  (await ground.db.orm.select().from(factsPending)).filter(
    ({ kind }) => kind === "security.password_rehashed",
  );

test.each(["$2a", "$2b", "$2y"])(
  "who comes with a %s hash signs in once by it, and then by argon2id",
  async (prefix) => {
    const email = `by${prefix.slice(1)}@example.com`;
    const before = (await rehashed()).length;
    expect(await importUsers(ctx(), [person(email, { passwordHash: `${prefix}${rest}` })])).toEqual({
      made: 1,
      present: [],
    });
    await expect(signIn(email, "Fruher-war-7-besser")).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await hashOf(email)).toBe(`${prefix}${rest}`);
    await signIn(email);
    expect(await hashOf(email)).toMatch(/^\$argon2id\$/);
    await signIn(email);
    const facts = (await rehashed()).slice(before);
    expect(facts).toMatchObject([{ target: { kind: "user" }, data: { from: "bcrypt", to: "argon2id" } }]);
  },
);

test("two first sign-ins at the same moment make one new hash", async () => {
  await importUsers(ctx(), [person("two@example.com")]);
  const before = (await rehashed()).length;
  await Promise.all([signIn("two@example.com"), signIn("two@example.com")]);
  expect((await rehashed()).length).toBe(before + 1);
});

test("all or none; who is here stays as they are; a name is found for those without one", async () => {
  const list = [person("new@example.com", { username: "newbie" }), person("NEW2@example.com")];
  const twice = [...list, person("New@example.com")];
  await expect(importUsers(ctx(), twice)).rejects.toMatchObject({
    details: { fields: [{ path: "users.2.email", message: "stands in the list twice" }] },
  });
  expect(await hashOf("new@example.com")).toBe("");
  expect(await importUsers(ctx(), list)).toEqual({ made: 2, present: [] });
  await expect(
    importUsers(ctx(), [person("other@example.com"), person("more@example.com", { username: "NEWBIE" })]),
  ).rejects.toMatchObject({ code: "conflict" });
  expect(await hashOf("other@example.com")).toBe("");
  const again = [person("new@example.com", { role: "admin" }), person("three@example.com")];
  expect(await importUsers(ctx(), again)).toEqual({ made: 1, present: ["new@example.com"] });
  expect(await signIn("newbie")).toMatchObject({ user: { role: "viewer", name: "newbie" } });
  expect(await signIn("new2@example.com")).toMatchObject({ user: { name: "NEW2" } });
});

test("a hash that would hold the server, or is none, is refused in words", () => {
  const fault = (passwordHash: string) =>
    importUsersSchema.safeParse({ users: [{ ...person("a@example.com"), passwordHash }] }).error?.issues[0]
      ?.message;
  expect(fault(`$2b$12${rest.slice(3)}`)).toBeUndefined();
  expect(fault(`$2b$13${rest.slice(3)}`)).toContain("cost from 4 to 12");
  expect(fault(`$2b$31${rest.slice(3)}`)).toContain("cost from 4 to 12");
  for (const none of ["", "secret", `$2x${rest}`, "$argon2id$v=19$m=1,t=1,p=1$AAAA$AAAA"])
    expect(fault(none), none).toContain("must be a bcrypt hash");
});
