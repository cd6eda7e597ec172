import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { challenges, factsPending, recoveryCodes, settings, users } from "@/db/schema";
import { systemCtx } from "@/domain/kernel";
import { type Attempts, createAttempts } from "@/domain/people/sessions";
import { systemClock } from "@/platform/clock";
import { memoryLimits } from "@/platform/limits";
import { type TestGround, testGround } from "@/testing/ground";
import { beginSetup, ensureOwner, prepareSetup, setUp, setupSessionUntil } from ".";

const owner = { email: "ada@example.com", name: "Ada", password: "Correct-horse-7-battery" };
const visitor = { ip: "127.0.0.1", userAgent: null };
let dataDir: string;
let ground: TestGround;
let attempts: Attempts;
let aheadMs = 0;
beforeEach(async () => {
  aheadMs = 0;
  dataDir = mkdtempSync(join(tmpdir(), "mc-setup-"));
  const now = () => new Date(Date.now() + aheadMs);
  ground = await testGround({ clock: { ...systemClock, now, sleep: async () => {} } });
  attempts = createAttempts(ground, memoryLimits());
});
afterEach(async () => {
  rmSync(dataDir, { recursive: true });
  await ground.db.close();
});

const ctx = () => systemCtx(ground);
const prepare = async () => (await prepareSetup(ground, dataDir)) ?? "";
const begin = (code: string) => beginSetup(ctx(), code, visitor, attempts, dataDir);
const make = (session: string | null, given: { code?: string; password?: string } = {}) =>
  setUp(ctx(), { ...owner, ...given }, session, visitor, attempts, dataDir);

test("the code is printed again while it is valid, readable by its owner alone, and kept as a hash", async () => {
  const code = await prepare();
  expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}$/);
  expect(await prepare()).toBe(code);
  expect(readFileSync(join(dataDir, "setup-code"), "utf8").trim()).toBe(code);
  expect(statSync(join(dataDir, "setup-code")).mode & 0o777).toBe(0o600);
  expect(JSON.stringify(await ground.db.orm.select().from(settings))).not.toContain(code);
});

test("the code is exchanged for a setup session, once, and its file is gone", async () => {
  const code = await prepare();
  const tries = await Promise.allSettled([begin(code.toLowerCase()), begin(code.replaceAll("-", " "))]);
  expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(existsSync(join(dataDir, "setup-code"))).toBe(false);
  await expect(make(null, { code })).rejects.toMatchObject({ code: "forbidden" });
  const [kept] = await ground.db.orm.select().from(challenges);
  const token = tries.flatMap((each) => (each.status === "fulfilled" ? [each.value.token] : []))[0] ?? "";
  expect(JSON.stringify(kept)).not.toContain(token);
  expect(await setupSessionUntil(ground, token)).toBe(kept?.expiresAt.toISOString());
});

test("a setup session makes one owner, with ten recovery codes; nothing opens the setup after that", async () => {
  const { token } = await begin(await prepare());
  const both = await Promise.allSettled([make(token), make(token)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [made] = both.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  expect(made?.owner).toMatchObject({ role: "admin", email: owner.email });
  expect(made?.recoveryCodes).toHaveLength(10);
  for (const code of made?.recoveryCodes ?? [])
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}$/);
  expect(await ground.db.orm.select().from(recoveryCodes)).toHaveLength(10);
  expect(await setupSessionUntil(ground, token)).toBeNull();
  await expect(make(token)).rejects.toMatchObject({ code: "conflict" });
  await expect(begin("AAAA-AAAA-AAAA")).rejects.toMatchObject({ code: "conflict" });
  expect(await prepareSetup(ground, dataDir)).toBeNull();
  const again = { ownerEmail: "b@example.com", ownerPassword: owner.password };
  expect(await ensureOwner(ground, again)).toBeNull();
  const kinds = (await ground.db.orm.select().from(factsPending)).map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(["security.setup_begun", "security.setup_completed"]));
});

test("a setup session ends after half an hour, and when another one is begun with a new code", async () => {
  const first = await begin(await prepare());
  const second = await begin(await prepare());
  await expect(make(first.token)).rejects.toMatchObject({
    code: "forbidden",
    details: { setupSession: "over" },
  });
  aheadMs = 30 * 60_000 + 1;
  await expect(make(second.token)).rejects.toMatchObject({ code: "forbidden" });
  expect(await ground.db.orm.select().from(users)).toEqual([]);
});

test("a program makes the owner by the code in one call", async () => {
  const code = await prepare();
  await make(null, { code });
  expect(await ground.db.orm.select().from(users)).toHaveLength(1);
});

test("three wrong codes an hour for each address; a weak password costs none", async () => {
  const { token } = await begin(await prepare());
  for (let n = 0; n < 4; n += 1)
    await expect(make(token, { password: "short" })).rejects.toMatchObject({ code: "invalid" });
  for (let n = 0; n < 3; n += 1)
    await expect(begin("AAAA-AAAA-AAAA")).rejects.toMatchObject({ code: "forbidden" });
  await expect(begin("AAAA-AAAA-AAAA")).rejects.toMatchObject({ code: "too-many" });
});

test("the first owner of the settings has the name of the settings", async () => {
  const settings = { ownerEmail: owner.email, ownerPassword: owner.password };
  expect(await ensureOwner(ground, { ...settings, ownerName: "Demo" })).toMatchObject({ name: "Demo" });
});
