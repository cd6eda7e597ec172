import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually } from "@/testing/eventually";
import { startRedis, type TestRedis } from "@/testing/redis";
import type { Bus } from "./bus";
import { redisBus } from "./redis";

type Topics = { fact: { seq: number }; signal: string };

let redis: TestRedis;
let buses: Bus<Topics>[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  redis.resume();
  await Promise.all(buses.map((bus) => bus.close()));
  buses = [];
});
afterAll(() => redis.stop());

async function openBus(instanceId: string, prefix = "test"): Promise<Bus<Topics>> {
  const bus = redisBus<Topics>(redis.url, { prefix, instanceId });
  buses.push(bus);
  await eventually(() => bus.health().ok);
  return bus;
}

it("carries messages to the others, in order, and to oneself only once", async () => {
  const [one, two] = [await openBus("one"), await openBus("two")];
  const [atOne, atTwo]: [string[], string[]] = [[], []];
  one.subscribe("fact", (fact, meta) => atOne.push(`${fact.seq} ${meta.local}`));
  two.subscribe("fact", (fact, meta) => atTwo.push(`${fact.seq} ${meta.local} ${meta.origin}`));
  for (let seq = 1; seq <= 3; seq++) one.publish("fact", { seq });
  two.publish("fact", { seq: 4 });
  await eventually(() => atTwo.length === 4 && atOne.length === 4);
  expect(atOne).toEqual(["1 true", "2 true", "3 true", "4 false"]);
  expect(atTwo.filter((line) => line.endsWith("one"))).toEqual(["1 false one", "2 false one", "3 false one"]);
});

it("does not hear another prefix", async () => {
  const [one, other, two] = [await openBus("one"), await openBus("x", "other"), await openBus("two")];
  const seen: string[] = [];
  two.subscribe("signal", (text) => seen.push(text));
  other.publish("signal", "foreign");
  one.publish("signal", "own");
  await eventually(() => seen.includes("own"));
  expect(seen).toEqual(["own"]);
});

it("goes on locally while Redis is dead, says so, and comes back", async () => {
  const [one, two] = [await openBus("one"), await openBus("two")];
  const changes: boolean[] = [];
  one.onHealth((health) => changes.push(health.ok));
  const [atOne, atTwo]: [string[], string[]] = [[], []];
  one.subscribe("signal", (text) => atOne.push(text));
  two.subscribe("signal", (text) => atTwo.push(text));

  await redis.kill();
  await eventually(() => !one.health().ok && !two.health().ok);
  expect(one.health().reason).toContain("Redis");
  one.publish("signal", "alone");
  await eventually(() => atOne.includes("alone"));

  await redis.restart();
  await eventually(() => one.health().ok && two.health().ok);
  expect(one.health().gap).toBe(1);
  one.publish("signal", "together");
  await eventually(() => atTwo.includes("together"));
  expect(atTwo).toEqual(["together"]);
  expect(changes).toEqual([false, true]);
});

it("notices a stopped Redis within three seconds", async () => {
  const one = await openBus("one");
  const startedAt = performance.now();
  redis.pause();
  await eventually(() => !one.health().ok, { timeoutMs: 5_000 });
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  redis.resume();
  await eventually(() => one.health().ok);
});

it("starts without a Redis and does not throw", async () => {
  const bus = redisBus<Topics>("redis://127.0.0.1:1", { prefix: "test", instanceId: "lonely" });
  buses.push(bus);
  const seen: string[] = [];
  bus.subscribe("signal", (text) => seen.push(text));
  bus.publish("signal", "still here");
  await eventually(() => seen.length === 1);
  expect(bus.health().ok).toBe(false);
});
