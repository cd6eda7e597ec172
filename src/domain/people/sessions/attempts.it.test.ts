import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { factsPending } from "@/db/schema";
import { memoryLimits } from "@/platform/limits";
import { type TestGround, testGround } from "@/testing/ground";
import { createAttempts, type LimitName, limitsOf, placeOf } from "./attempts";

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
});
afterEach(() => void vi.useRealTimers());
afterAll(() => ground.db.close());

// The limiter reads the machine's clock.
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const told = async (key: string) =>
  (await ground.db.orm.select().from(factsPending).where(eq(factsPending.kind, "security.limit_reached")))
    .map(({ data }) => data)
    .filter((data) => data?.key === key);

test("KO-6: the figures are those of the specification", () => {
  expect(limitsOf).toMatchObject({
    login: { most: 5, windowSeconds: 300 },
    recover: { most: 5, windowSeconds: 3_600 },
    change: { most: 10, windowSeconds: 3_600 },
    register: { most: 3, windowSeconds: 3_600 },
    session: { most: 120, windowSeconds: 60 },
  });
});

test.each(Object.entries(limitsOf))(
  "KO-6: beyond %s the next is refused with the time to wait, until the window is over",
  async (name, { most, windowSeconds }) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const attempts = createAttempts(ground, memoryLimits());
    const limit = name as LimitName;
    for (let count = 0; count < most; count++) await attempts.take("127.0.0.1", limit);
    await expect(attempts.take("127.0.0.1", limit)).rejects.toMatchObject({
      code: "too-many",
      details: { retryAfterMs: windowSeconds * 1_000 },
    });
    await attempts.take("127.0.0.2", limit);
    later(windowSeconds * 1_000 - 1_000);
    await expect(attempts.take("127.0.0.1", limit)).rejects.toThrow("Try again in a second.");
    later(1_000);
    await attempts.take("127.0.0.1", limit);
  },
);

test("what succeeds does not count, and does not wash away what failed", async () => {
  const attempts = createAttempts(ground, memoryLimits());
  for (let count = 0; count < 20; count++) {
    await attempts.take("key");
    await attempts.forget("key");
  }
  for (let count = 0; count < 4; count++) await attempts.take("key");
  await attempts.take("key");
  await attempts.forget("key");
  await attempts.take("key");
  await expect(attempts.take("key")).rejects.toMatchObject({ code: "too-many" });
});

test("a limit that stays reached is one fact a minute for each key", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const attempts = createAttempts(ground, memoryLimits());
  for (let count = 0; count < 30; count++) await attempts.take("127.0.0.7").catch(() => undefined);
  expect(await told("127.0.0.7")).toEqual([
    { limit: "login", key: "127.0.0.7", most: 5, windowSeconds: 300 },
  ]);
  later(60_000);
  await attempts.take("127.0.0.7").catch(() => undefined);
  expect(await told("127.0.0.7")).toHaveLength(2);
});

test("an IPv6 network is one place, however it is written; an IPv4 address is itself", () => {
  expect(placeOf("127.0.0.1")).toBe("127.0.0.1");
  expect(placeOf(null)).toBe("unknown");
  expect(placeOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(placeOf("2001:0DB8:1:2::9")).toBe("2001:db8:1:2::/64");
  expect(placeOf("::1")).toBe("0:0:0:0::/64");
  expect(placeOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
});
