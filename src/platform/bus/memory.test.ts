import { expect, it } from "vitest";
import { memoryBus } from "./memory";

type Topics = { greeting: { text: string }; count: number };

it("delivers after the current microtask, in order, to everyone subscribed", async () => {
  const bus = memoryBus<Topics>({ instanceId: "one" });
  const seen: string[] = [];
  bus.subscribe("greeting", (message, meta) => seen.push(`a ${message.text} ${meta.local} ${meta.origin}`));
  const stop = bus.subscribe("greeting", (message) => seen.push(`b ${message.text}`));
  bus.publish("greeting", { text: "hello" });
  expect(seen).toEqual([]);
  await Promise.resolve();
  expect(seen).toEqual(["a hello true one", "b hello"]);
  stop();
  bus.publish("greeting", { text: "again" });
  await Promise.resolve();
  expect(seen).toHaveLength(3);
});

it("keeps a failing subscriber from the others", async () => {
  const bus = memoryBus<Topics>();
  const seen: number[] = [];
  bus.subscribe("count", () => {
    throw new Error("broken");
  });
  bus.subscribe("count", (count) => seen.push(count));
  expect(() => bus.publish("count", 1)).not.toThrow();
  await Promise.resolve();
  expect(seen).toEqual([1]);
});

it("is always well, and silent once closed", async () => {
  const bus = memoryBus<Topics>();
  expect(bus.health().ok).toBe(true);
  const seen: number[] = [];
  bus.subscribe("count", (count) => seen.push(count));
  await bus.close();
  bus.publish("count", 1);
  await Promise.resolve();
  expect(seen).toEqual([]);
});
