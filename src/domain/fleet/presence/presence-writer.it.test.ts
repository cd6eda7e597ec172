import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { eventually } from "@/testing/eventually";
import { SweepStage } from "@/testing/sweep-stage";
import type { KnownBeat } from "./judge-beat";
import { PresenceWriter } from "./presence-writer";

/** So long the first beat of a batch waits for others. */
const gatheredMs = 20;

let stage: SweepStage;
let [one, two]: string[] = [];
beforeAll(async () => {
  stage = await SweepStage.open();
  one = await stage.onlineAgent("one");
  two = await stage.onlineAgent("two");
});
afterAll(() => stage.ground.db.close());

let writer: PresenceWriter;
let answered: string[];
beforeEach(() => {
  answered = [];
  writer = new PresenceWriter(stage.ground, () => 60_000);
});
afterEach(() => writer.stop());

function beat(agentId = "", task: string): void {
  const receivedAtMs = stage.clock.nowMs();
  const told: KnownBeat = {
    receivedAtMs,
    activity: "working",
    task,
    progressAtMs: null,
    metrics: null,
    transitMs: null,
  };
  writer.beat(agentId, "acc_main", told, (durable) => answered.push(durable ? task : `not ${task}`));
}

/** Nobody writes about this agent until it is let go. */
async function hold(agentId = "") {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { sql } = stage.ground.db;
  let held = Promise.resolve();
  await new Promise<void>((resolve) => {
    held = sql.begin(async (tx) => {
      await tx`select from agent_presence where agent_id = ${agentId} for update`;
      resolve();
      await until;
    });
  });
  return async () => {
    letGo();
    await held;
  };
}

/** A batch of one beat, which the database does not get done with. */
async function sendHeld(agentId: string | undefined, task: string): Promise<void> {
  beat(agentId, task);
  await stage.clock.advance(gatheredMs);
  await stage.heldUp();
}

it("gathers until the first has waited for 20 ms, and answers when all of them are durable", async () => {
  beat(one, "first");
  await stage.clock.advance(gatheredMs - 1);
  beat(two, "second");
  expect(answered).toEqual([]);
  await stage.clock.advance(1);
  await eventually(() => answered.length === 2);
  expect(answered).toEqual(["first", "second"]);
});

it("writes what came while the database was busy at once, without gathering again", async () => {
  const letGo = await hold(one);
  await sendHeld(one, "held");
  beat(two, "came meanwhile");
  await stage.clock.advance(gatheredMs);
  expect(answered).toEqual([]);
  await letGo();
  // The clock stands still from here on.
  await eventually(() => answered.length === 2);
  expect(answered).toEqual(["held", "came meanwhile"]);
});

it("answers those who are durable while the database works on the next batch", async () => {
  const letGo = { one: await hold(one), two: await hold(two) };
  await sendHeld(one, "before");
  beat(two, "after");
  await stage.clock.advance(gatheredMs);
  await letGo.one();
  await eventually(() => answered.length === 1);
  expect(answered).toEqual(["before"]);
  await stage.heldUp();
  await letGo.two();
  await eventually(() => answered.length === 2);
});

it("writes all that waits when it stops", async () => {
  const letGo = await hold(one);
  await sendHeld(one, "on its way");
  beat(two, "gathered");
  const stopped = writer.stop();
  await letGo();
  await stopped;
  expect(answered).toEqual(["on its way", "gathered"]);
});
