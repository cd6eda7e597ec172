import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settings } from "@/db/schema";
import { systemCtx } from "@/domain/kernel";
import { createAttempts } from "@/domain/people/sessions";
import { systemClock } from "@/platform/clock";
import { memoryLimits } from "@/platform/limits";
import { type TestGround, testGround } from "@/testing/ground";
import { ensureOwner, prepareSetup, setUp } from ".";

const dataDir = mkdtempSync(join(tmpdir(), "mc-setup-"));
const owner = { email: "ada@example.com", name: "Ada", password: "Correct-horse-7-battery" };
const visitor = { ip: "127.0.0.1", userAgent: null };
let ground: TestGround;
beforeAll(async () => {
  ground = await testGround({ clock: { ...systemClock, sleep: async () => {} } });
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await ground.db.close();
});

test("the code makes one owner, once", async () => {
  const code = (await prepareSetup(ground, dataDir)) ?? "";
  expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}$/);
  expect(await prepareSetup(ground, dataDir)).toBe(code);
  expect(readFileSync(join(dataDir, "setup-code"), "utf8").trim()).toBe(code);
  expect(statSync(join(dataDir, "setup-code")).mode & 0o777).toBe(0o600);
  expect(JSON.stringify(await ground.db.orm.select().from(settings))).not.toContain(code);

  const ctx = systemCtx(ground);
  const attempts = createAttempts(ground, memoryLimits());
  const setup = (typed: string) => setUp(ctx, { ...owner, code: typed }, visitor, attempts, dataDir);
  await expect(setup("AAAA-AAAA-AAAA")).rejects.toMatchObject({ code: "forbidden" });
  const together = await Promise.allSettled([setup(code.toLowerCase()), setup(code.replaceAll("-", " "))]);
  expect(together.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(setup(code)).rejects.toMatchObject({ code: "conflict" });
  expect(await prepareSetup(ground, dataDir)).toBeNull();
  expect(
    await ensureOwner(ground, { ownerEmail: "b@example.com", ownerPassword: owner.password }),
  ).toBeNull();
});
