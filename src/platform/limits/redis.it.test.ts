import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually } from "@/testing/eventually";
import { startRedis, type TestRedis } from "@/testing/redis";
import { redisLimits } from "./redis";
import type { LimitStore } from "./store";

const limit = { most: 5, windowSeconds: 300 };
let redis: TestRedis;
let stores: LimitStore[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterEach(() => {
  redis.resume();
  for (const store of stores) store.close();
  stores = [];
});
afterAll(() => redis.stop());

/** An instance whose limits have reached Redis: another one sees what it counts. */
async function openStore(): Promise<LimitStore> {
  const store = redisLimits(redis.url, { prefix: "test" });
  stores.push(store);
  const client = new Redis(redis.url);
  await eventually(async () => {
    await store.take("warm", { most: 1_000, windowSeconds: 300 }, "up");
    return Number(await client.get("test:limit:warm:up")) > 0;
  });
  client.disconnect();
  return store;
}

it("counts for all instances together, and says how long to wait", async () => {
  const [one, two] = [await openStore(), await openStore()];
  for (let count = 0; count < 5; count++)
    expect(await (count % 2 ? one : two).take("login", limit, "127.0.0.1")).toEqual({ ok: true });
  for (const store of [one, two]) {
    const taken = await store.take("login", limit, "127.0.0.1");
    if (taken.ok) throw new Error("the sixth was let through");
    expect(taken.retryAfterMs).toBeGreaterThan(290_000);
    expect(taken.retryAfterMs).toBeLessThanOrEqual(300_000);
  }
  await two.giveBack("login", limit, "127.0.0.1");
  await two.giveBack("login", limit, "127.0.0.1");
  await two.giveBack("login", limit, "127.0.0.1");
  expect(await one.take("login", limit, "127.0.0.1")).toEqual({ ok: true });
  expect(await one.take("other", limit, "127.0.0.1")).toEqual({ ok: true });
});

it("a window that is over in Redis begins anew", async () => {
  const store = await openStore();
  for (let count = 0; count < 6; count++) await store.take("login", limit, "gone");
  expect((await store.take("login", limit, "gone")).ok).toBe(false);
  const client = new Redis(redis.url);
  await client.pexpire("test:limit:login:gone", 1);
  await eventually(async () => (await client.exists("test:limit:login:gone")) === 0);
  client.disconnect();
  expect(await store.take("login", limit, "gone")).toEqual({ ok: true });
});

it.each(["dead", "silent", "never there"])("with a Redis that is %s it limits in memory", async (how) => {
  let store: LimitStore;
  if (how === "never there") {
    store = redisLimits("redis://127.0.0.1:1", { prefix: "test" });
    stores.push(store);
  } else {
    store = await openStore();
    if (how === "dead") await redis.kill();
    else redis.pause();
  }
  const startedAt = performance.now();
  for (let count = 0; count < 5; count++)
    expect(await store.take("login", limit, `while ${how}`)).toEqual({ ok: true });
  expect(await store.take("login", limit, `while ${how}`)).toMatchObject({ ok: false });
  await store.giveBack("login", limit, `while ${how}`);
  expect(performance.now() - startedAt).toBeLessThan(6_000);
  if (how === "dead") {
    await redis.restart();
    const client = new Redis(redis.url);
    await eventually(async () => {
      await store.take("login", limit, "back");
      return (await client.exists("test:limit:login:back")) === 1;
    });
    client.disconnect();
  }
});
