import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Ctx, systemCtx } from "@/domain/kernel";
import { createAttempts } from "@/domain/people/sessions";
import { memoryLimits } from "@/platform/limits";
import { type TestGround, testGround } from "@/testing/ground";
import { changeOwnPassword, createUser } from ".";

const password = "Correct-horse-7-battery";
const next = "Wandering-moss-31-lantern";

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
});
afterEach(() => void vi.useRealTimers());
afterAll(() => ground.db.close());

async function person(name: string): Promise<Ctx> {
  const email = `${name.toLowerCase()}@example.com`;
  const { id } = await createUser(systemCtx(ground), { email, name, role: "viewer", password });
  return { ...systemCtx(ground), actor: { kind: "user", id, name }, role: "viewer" };
}
const guard = () => createAttempts(ground, memoryLimits());
const from = (ip: string) => ({ sessionId: null, ip });
// The limiter reads the machine's clock.
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

test("after five wrong tries even the right password waits, and is told how long", async () => {
  const [ada, bob] = [await person("Ada"), await person("Bob")];
  const attempts = guard();
  vi.useFakeTimers({ toFake: ["Date"] });
  let place = 0;
  const change = (ctx: Ctx, current: string) =>
    changeOwnPassword(ctx, { current, password: next }, from(`127.0.1.${++place}`), attempts);
  for (let count = 0; count < 5; count++) {
    await expect(change(ada, `guess ${count}`)).rejects.toMatchObject({
      code: "forbidden",
      details: { fields: [{ path: "current" }] },
    });
  }
  later(60_000);
  await expect(change(ada, password)).rejects.toMatchObject({
    code: "too-many",
    message: expect.stringContaining("Try again in 4 minutes."),
    details: { retryAfterMs: 240_000 },
  });
  await change(bob, password);
  later(240_000);
  await change(ada, password);
  await expect(change(ada, password)).rejects.toMatchObject({ code: "forbidden" });
});

test("who knows the current password may look for a good new one as often as it takes", async () => {
  const eve = await person("Eve");
  const attempts = guard();
  for (let count = 0; count < 8; count++) {
    await expect(
      changeOwnPassword(eve, { current: password, password: "short" }, from("127.0.0.1"), attempts),
    ).rejects.toMatchObject({ code: "invalid", details: { fields: expect.any(Array) } });
  }
});

test("one address gets ten wrong tries an hour, whosever password it is", async () => {
  const attempts = guard();
  const people = [await person("Fay"), await person("Gus"), await person("Hal")];
  const [fay, gus, hal] = people as [Ctx, Ctx, Ctx];
  const guess = (ctx: Ctx, current: string) =>
    changeOwnPassword(ctx, { current, password: next }, from("127.0.0.9"), attempts);
  for (const ctx of [fay, gus]) {
    for (let count = 0; count < 5; count++)
      await expect(guess(ctx, "wrong")).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(guess(hal, password)).rejects.toMatchObject({
    code: "too-many",
    message: expect.stringContaining("within an hour. Try again in an hour."),
  });
  await changeOwnPassword(hal, { current: password, password: next }, from("127.0.0.10"), attempts);
});
