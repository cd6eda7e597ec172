import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ctx, systemCtx } from "@/domain/kernel";
import { createAttempts } from "@/domain/people/sessions";
import { type TestGround, testGround } from "@/testing/ground";
import { changeOwnPassword, createUser } from ".";

const password = "Correct-horse-7-battery";
const next = "Wandering-moss-31-lantern";

let ground: TestGround;
let nowMs = 0;
beforeAll(async () => {
  ground = await testGround();
});
afterAll(() => ground.db.close());

async function person(name: string): Promise<Ctx> {
  const email = `${name.toLowerCase()}@example.com`;
  const { id } = await createUser(systemCtx(ground), { email, name, role: "viewer", password });
  return { ...systemCtx(ground), actor: { kind: "user", id, name }, role: "viewer" };
}
const guard = () => createAttempts({ ...ground.clock, monotonicMs: () => nowMs });

test("after five wrong tries even the right password waits, and is told how long", async () => {
  const [ada, bob] = [await person("Ada"), await person("Bob")];
  const attempts = guard();
  const change = (ctx: Ctx, current: string) =>
    changeOwnPassword(ctx, { current, password: next }, null, attempts);
  for (let count = 0; count < 5; count++) {
    await expect(change(ada, `guess ${count}`)).rejects.toMatchObject({
      code: "forbidden",
      details: { fields: [{ path: "current" }] },
    });
  }
  nowMs += 60_000;
  await expect(change(ada, password)).rejects.toMatchObject({
    code: "too-many",
    message: expect.stringContaining("Try again in 4 minutes."),
    details: { retryAfterMs: 240_000 },
  });
  await change(bob, password);
  nowMs += 240_000;
  await change(ada, password);
  await expect(change(ada, password)).rejects.toMatchObject({ code: "forbidden" });
});

test("who knows the current password may look for a good new one as often as it takes", async () => {
  const eve = await person("Eve");
  const attempts = guard();
  for (let count = 0; count < 8; count++) {
    await expect(
      changeOwnPassword(eve, { current: password, password: "short" }, null, attempts),
    ).rejects.toMatchObject({ code: "invalid", details: { fields: expect.any(Array) } });
  }
});
