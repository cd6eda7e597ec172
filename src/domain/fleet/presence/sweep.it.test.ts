import { afterEach, beforeEach, expect, it } from "vitest";
import { changeStatuses, findAgent } from "@/domain/fleet/agents";
import { systemCtx } from "@/domain/kernel";
import { personCtx } from "@/testing/ground";
import { SweepStage } from "@/testing/sweep-stage";

let stage: SweepStage;
beforeEach(async () => {
  stage = await SweepStage.open();
});
afterEach(() => stage.ground.db.close());

it("says offline at the threshold, once, dated from the last beat, and nothing of those who beat", async () => {
  const [quiet, lively] = [await stage.onlineAgent("quiet"), await stage.onlineAgent("lively")];
  await stage.sweep.begin();
  await stage.pass(4_000, [quiet, lively]);
  const lastBeatAt = stage.clock.now().toISOString();
  await stage.pass(5_750, [lively]);
  expect(await stage.statusOf(quiet)).toBe("online");
  await stage.pass(250, [lively]);
  await stage.pass(10_000, [lively]);
  expect(await stage.statusOf(lively)).toBe("online");
  const shown = await findAgent(personCtx(stage.ground), quiet);
  expect(shown).toMatchObject({ status: "offline", statusSince: lastBeatAt, activity: null, task: "t" });
  expect(shown.evidence.decidedBy).toBe("No beat for 6 s.");
  expect(await stage.count("agent.went_offline")).toBe(1);
});

it("raises no alarm when the bus is lost but beats reach the database, and a true one all the same", async () => {
  const [remote, gone] = [await stage.onlineAgent("remote"), await stage.onlineAgent("gone")];
  await stage.sweep.begin();
  await stage.pass(2_000, [remote, gone], { heard: false });
  await stage.pass(20_000, [remote], { heard: false });
  expect(await stage.statusOf(remote)).toBe("online");
  expect(await stage.statusOf(gone)).toBe("offline");
});

it("is not moved by steps of the wall clock, in either direction", async () => {
  const id = await stage.onlineAgent("a");
  await stage.sweep.begin();
  await stage.pass(4_000, [id]);
  for (const step of ["2040-01-01T00:00:00.000Z", "2001-01-01T00:00:00.000Z"]) {
    stage.clock.setWall(new Date(step));
    await stage.pass(12_000, [id]);
    expect(await stage.statusOf(id)).toBe("online");
  }
  await stage.pass(6_000);
  expect(await stage.statusOf(id)).toBe("offline");
});

it("ends a change that takes too long: online when it beats, offline when it is silent", async () => {
  const [alive, dead] = [await stage.onlineAgent("alive"), await stage.onlineAgent("dead")];
  await stage.sweep.begin();
  await stage.pass(2_000, [alive, dead]);
  const deadlineAt = new Date(stage.clock.now().getTime() + 15_000);
  const event = { kind: "began", status: "restarting", deadlineAt, why: "It is restarted." } as const;
  await changeStatuses(systemCtx(stage.ground), [
    { agentId: alive, event },
    { agentId: dead, event },
  ]);
  await stage.pass(12_000, [alive]);
  expect([await stage.statusOf(alive), await stage.statusOf(dead)]).toEqual(["restarting", "restarting"]);
  await stage.pass(4_000, [alive]);
  expect([await stage.statusOf(alive), await stage.statusOf(dead)]).toEqual(["online", "offline"]);
  expect(await stage.count("agent.ended_change")).toBe(1);
});
