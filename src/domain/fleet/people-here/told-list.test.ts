import { expect, test } from "vitest";
import type { Topics } from "@/contracts/signals";
import { OpenIntents } from "@/domain/fleet/intents/open-intents";
import { memoryBus } from "@/platform/bus";
import { fakeClock } from "@/testing/clock";
import { fakeIds } from "@/testing/ids";
import { PeopleHere } from "./people-here";

const mira = { id: "usr_mira", name: "Mira", role: "admin" };
const wish = { kind: "restart" as const, agentIds: ["agt_1"] };

function setup() {
  const clock = fakeClock();
  return { bus: memoryBus<Topics>(), clock, ids: fakeIds(clock) };
}

test("a dialog outlives its connection for 10 s; who comes back takes it over", async () => {
  const ground = setup();
  const intents = new OpenIntents(ground);
  const id = intents.prepare("c1", "acc", mira, wish);
  await ground.clock.advance(1);
  expect(intents.of("acc")).toMatchObject([{ id, user: { name: "Mira" }, reason: null }]);
  expect(intents.of("acc_other")).toEqual([]);
  intents.left("c1");
  await ground.clock.advance(9_000);
  expect(intents.prepare("c2", "acc", mira, wish)).toBe(id);
  await ground.clock.advance(9_000);
  expect(intents.of("acc")).toHaveLength(1);
  intents.left("c2");
  await ground.clock.advance(10_001);
  expect(intents.of("acc")).toEqual([]);
  intents.stop();
});

test("an instance that fell silent takes its people with it; tabs of one person are one", async () => {
  const ground = setup();
  const people = new PeopleHere(ground);
  const far = { id: "usr_jonas", name: "Jonas", role: "viewer", at: "/", since: 5, account: "acc" };
  ground.bus.publish("people", { instance: "other", people: [far] });
  people.at("c1", "acc", mira, "/");
  people.at("c2", "acc", mira, "/agents/1");
  await ground.clock.advance(1);
  expect(people.of("acc").map(({ name, at }) => `${name} ${at}`)).toEqual(["Jonas /", "Mira /agents/1"]);
  await ground.clock.advance(15_000);
  expect(people.of("acc").map(({ name }) => name)).toEqual(["Mira"]);
  people.stop();
});
