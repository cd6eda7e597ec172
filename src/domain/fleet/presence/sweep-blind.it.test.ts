import { afterEach, beforeEach, expect, it } from "vitest";
import { SweepStage } from "@/testing/sweep-stage";

let stage: SweepStage;
beforeEach(async () => {
  stage = await SweepStage.open();
});
afterEach(() => stage.ground.db.close());

/** All of them beat, then nobody watched for a minute, and a new process begins. */
async function beginAfterBlindness(ids: string[]): Promise<void> {
  await stage.sweep.begin();
  await stage.pass(2_000, ids);
  await stage.ageMark(60_000);
  stage.startAgain();
  await stage.sweep.begin();
}

it("blames nobody for a pause of its own, and says so when it was long", async () => {
  const id = await stage.onlineAgent("a");
  await stage.sweep.begin();
  await stage.pass(2_000, [id]);
  await stage.clock.advance(4_000);
  await stage.sweep.look();
  await stage.pass(2_000, [id]);
  expect([await stage.statusOf(id), await stage.count("monitoring.was_blind")]).toEqual(["online", 0]);
  await stage.clock.advance(60_000);
  await expect(stage.sweep.look()).rejects.toThrow(/begins anew/);
  const blindness = await stage.sweep.look();
  expect((blindness?.toMs ?? 0) - (blindness?.fromMs ?? 0)).toBeGreaterThanOrEqual(60_000);
  expect([await stage.statusOf(id), await stage.count("monitoring.was_blind")]).toEqual(["online", 1]);
});

it("says when it was blind, waits, then loses sight, and only at the end of the grace says offline", async () => {
  const [back, gone] = [await stage.onlineAgent("back"), await stage.onlineAgent("gone")];
  await stage.sweep.begin();
  await stage.pass(2_000, [back, gone]);
  await stage.ageMark(60_000);
  stage.startAgain();
  const blindness = await stage.sweep.begin();
  expect((blindness?.toMs ?? 0) - (blindness?.fromMs ?? 0)).toBeGreaterThanOrEqual(60_000);
  expect(await stage.count("monitoring.was_blind")).toBe(1);
  await stage.pass(9_750, [back]);
  expect(await stage.statusOf(gone)).toBe("online");
  await stage.pass(2_000, [back]);
  expect([await stage.statusOf(gone), await stage.statusOf(back)]).toEqual(["unknown", "online"]);
  expect(await stage.count("agent.lost_sight_of")).toBe(1);
  expect(await stage.count("agent.went_offline")).toBe(0);
  await stage.pass(9_000, [back]);
  expect([await stage.statusOf(gone), await stage.statusOf(back)]).toEqual(["offline", "online"]);
  expect(await stage.count("agent.came_online")).toBe(2);
});

it("calls nobody offline while others still come back, for they may be waiting at the door", async () => {
  const ids = [
    await stage.onlineAgent("first"),
    await stage.onlineAgent("slow"),
    await stage.onlineAgent("gone"),
  ];
  const [first = "", slow = "", gone = ""] = ids;
  await beginAfterBlindness(ids);
  await stage.pass(18_000);
  await stage.pass(2_000, [first]);
  await stage.pass(4_000, [first]);
  await stage.pass(2_000, [first, slow]);
  await stage.pass(6_000, [first, slow]);
  expect([await stage.statusOf(gone), await stage.count("agent.went_offline")]).toEqual(["unknown", 0]);
  await stage.pass(1_000, [first, slow]);
  expect([await stage.statusOf(gone), await stage.count("agent.went_offline")]).toEqual(["offline", 1]);
});

it("keeps the grace over a short fault of the database in it", async () => {
  const id = await stage.onlineAgent("slow");
  await beginAfterBlindness([id]);
  await stage.pass(11_000);
  await stage.ground.db.sql`alter table cursors rename to cursors_away`;
  await stage.passCutOff(1_500);
  await stage.ground.db.sql`alter table cursors_away rename to cursors`;
  await stage.pass(7_000);
  expect([await stage.statusOf(id), await stage.count("agent.went_offline")]).toEqual(["unknown", 0]);
  await stage.pass(1_000);
  expect([await stage.statusOf(id), await stage.count("agent.went_offline")]).toEqual(["offline", 1]);
});

it("keeps the grace when its mark is written but the answer comes late", async () => {
  const id = await stage.onlineAgent("slow");
  await beginAfterBlindness([id]);
  await stage.pass(11_000);
  await stage.clock.advance(1_000);
  let look = Promise.resolve<unknown>(null);
  await stage.ground.db.sql.begin(async (sql) => {
    await sql`lock table cursors in access exclusive mode`;
    look = stage.sweep.look().catch((error: Error) => error.message);
    await stage.heldUp();
    await stage.clock.advance(4_000);
  });
  expect(await look).toMatch(/4000 ms/);
  await stage.pass(7_000);
  expect([await stage.statusOf(id), await stage.count("agent.went_offline")]).toEqual(["unknown", 0]);
  await stage.pass(5_000);
  expect([await stage.statusOf(id), await stage.count("agent.went_offline")]).toEqual(["offline", 1]);
});

it("is not blind when the lease changes hands at once, nor when it gets its own lease back", async () => {
  const id = await stage.onlineAgent("a");
  await stage.sweep.begin();
  await stage.pass(2_000, [id]);
  await stage.ageMark(1_000);
  expect(await stage.newProcess().sweep.begin()).toBeNull();
  expect(await stage.sweep.begin()).toBeNull();
});

it("calls nobody offline for the time in which the database was away, and says that it was blind", async () => {
  const [back, gone] = [await stage.onlineAgent("back"), await stage.onlineAgent("gone")];
  await stage.sweep.begin();
  await stage.pass(2_000, [back, gone]);
  await stage.ground.db.sql`alter table cursors rename to cursors_away`;
  await stage.passCutOff(30_000);
  await stage.ground.db.sql`alter table cursors_away rename to cursors`;
  // By the clock of the database, which does not stand still with ours.
  await stage.ageMark(30_000);
  // It is back by halves first: whoever begins then has not watched yet.
  await stage.ground.db.sql`alter table agents rename to agents_away`;
  await stage.passCutOff(500);
  await stage.ground.db.sql`alter table agents_away rename to agents`;
  await stage.pass(1_500);
  await stage.pass(9_000, [back]);
  expect([await stage.statusOf(back), await stage.statusOf(gone)]).toEqual(["online", "unknown"]);
  expect([await stage.count("monitoring.was_blind"), await stage.count("agent.went_offline")]).toEqual([
    1, 0,
  ]);
  await stage.pass(12_000, [back]);
  expect([await stage.statusOf(back), await stage.statusOf(gone)]).toEqual(["online", "offline"]);
});

/** The database holds back every answer about agents until `run` is over, or only what wants to write of them. */
async function whileItHangs(run: () => Promise<void>, only: "writing" | null = null): Promise<void> {
  await stage.ground.db.sql.begin(async (tx) => {
    await tx.unsafe(`lock table agent_presence in ${only ? "exclusive" : "access exclusive"} mode`);
    await run();
  });
}

it("believes what it hears while it asks, and nothing that took as long to answer as an outage", async () => {
  const id = await stage.onlineAgent("a");
  await stage.sweep.begin();
  await stage.pass(2_000, [id]);
  await stage.pass(5_750);
  await stage.clock.advance(250);
  let look = Promise.resolve<unknown>(null);
  await whileItHangs(async () => {
    look = stage.sweep.look();
    stage.live.touch(id, "acc_main");
  });
  await look;
  expect(await stage.statusOf(id)).toBe("online");
  await stage.pass(5_750);
  await stage.clock.advance(250);
  await whileItHangs(async () => {
    look = stage.sweep.look().catch((error: Error) => error.message);
    await stage.clock.advance(4_000);
  });
  expect(await look).toMatch(/4000 ms/);
  expect(await stage.statusOf(id)).toBe("online");
});

it("believes what it hears while it writes, and writes nothing after an outage's time", async () => {
  const id = await stage.onlineAgent("a");
  await stage.sweep.begin();
  await stage.pass(2_000, [id]);
  for (const meanwhile of [() => stage.live.touch(id, "acc_main"), () => stage.clock.advance(4_000)]) {
    await stage.pass(5_750);
    await stage.clock.advance(250);
    let look = Promise.resolve<unknown>(null);
    await whileItHangs(async () => {
      look = stage.sweep.look().catch(() => null);
      await stage.heldUp();
      await meanwhile();
    }, "writing");
    await look;
    expect(await stage.statusOf(id)).toBe("online");
  }
  expect(await stage.count("agent.went_offline")).toBe(0);
});

it("lets no mark that the database writes late hide that nobody watched, nor tells the same twice", async () => {
  const id = await stage.onlineAgent("a");
  await stage.sweep.begin();
  await stage.pass(4_000, [id]);
  // What a statement finds that waited for so long in the database, and whose process looks to itself as if none had.
  await stage.ageMark(60_000);
  await stage.clock.advance(1_000);
  await expect(stage.sweep.look()).rejects.toThrow(/begins anew/);
  // A beginning that can't go on when it has told it has told nothing.
  await stage.ground.db
    .sql`create rule not_now as on insert to cursors do instead select 1 / (random() * 0)::int`;
  await expect(stage.sweep.look()).rejects.toThrow();
  await stage.ground.db.sql`drop rule not_now on cursors`;
  await stage.clock.advance(60_000);
  const blindness = await stage.sweep.look();
  expect((blindness?.toMs ?? 0) - (blindness?.fromMs ?? 0)).toBeGreaterThanOrEqual(60_000);
  await stage.pass(2_000, [id]);
  expect([await stage.statusOf(id), await stage.count("monitoring.was_blind")]).toEqual(["online", 1]);
});

it("two who begin at once tell it once", async () => {
  await stage.onlineAgent("a");
  await stage.sweep.begin();
  await stage.ageMark(60_000);
  const others = [stage.newProcess().sweep, stage.newProcess().sweep];
  let begun = Promise.resolve<unknown[]>([]);
  // Both wait for one who holds the mark: each must read it when the other has moved it, not before.
  await stage.ground.db.sql.begin(async (sql) => {
    await sql`select from cursors where name = 'sweep.watching' for update`;
    begun = Promise.all(others.map((other) => other.begin()));
    await stage.heldUp(2);
  });
  const told = await begun;
  expect(told.filter(Boolean)).toHaveLength(1);
  expect(await stage.count("monitoring.was_blind")).toBe(1);
});

it("takes a stall for an outage whichever question it hits, and tells how long it was", async () => {
  const id = await stage.onlineAgent("a");
  await stage.sweep.begin();
  await stage.pass(4_000, [id]);
  await stage.clock.advance(1_000);
  let look = Promise.resolve<unknown>(null);
  await whileItHangs(async () => {
    // Nobody seems silent yet: what is asked is whose time is up.
    look = stage.sweep.look().catch((error: Error) => error.message);
    await stage.clock.advance(8_000);
  });
  expect(await look).toMatch(/8000 ms/);
  await stage.pass(250);
  expect([await stage.statusOf(id), await stage.count("monitoring.was_blind")]).toEqual(["online", 1]);
});
