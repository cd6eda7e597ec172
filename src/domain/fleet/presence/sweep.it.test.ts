import { afterEach, beforeEach, expect, it } from "vitest";
import { changeStatuses, createAgent, findAgent } from "@/domain/fleet/agents";
import { readFacts, systemCtx } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { flushBeats } from "./flush-beats";
import { LiveBeats } from "./live-beats";
import { Pace } from "./pace";
import { Sweep } from "./sweep";

let clock: FakeClock;
let ground: TestGround;
let live: LiveBeats;
let sweep: Sweep;

beforeEach(async () => {
  clock = fakeClock();
  ground = await testGround({ clock });
  [live, sweep] = newProcess();
});
afterEach(() => ground.db.close());

/** What a process of ours knows at its start: nothing. */
function newProcess(): [LiveBeats, Sweep] {
  const fresh = new LiveBeats(clock);
  const pace = new Pace(clock, ground.ids, () => 3, { silentAfterMs: 6_000 });
  return [fresh, new Sweep(ground, fresh, pace, { graceMs: 20_000 })];
}

const session = { host: "h", pid: 1, version: null, commandLine: null, keyPrefix: null };
async function onlineAgent(name: string): Promise<string> {
  const { id } = await createAgent(personCtx(ground), { name });
  const event = { kind: "connected", session: { ...session, sessionId: `s-${name}` } } as const;
  await changeStatuses(systemCtx(ground), [{ agentId: id, event }]);
  return id;
}

/** A beat that reached the database, and this instance's ears unless the bus lost it. */
async function beat(agentId: string, { heard = true } = {}): Promise<void> {
  const receivedAt = clock.now();
  const receivedAtMs = receivedAt.getTime();
  const told = { activity: "working", task: "t", transitMs: null } as const;
  const beat = { ...told, receivedAtMs, progressAtMs: null, metrics: null };
  await flushBeats(ground.db, new Map([[agentId, beat]]), receivedAt);
  const signal = { agentId, account: "acc_main", receivedAt: receivedAtMs, cpuPercent: null };
  if (heard) live.take([{ ...signal, ...told, progressAt: null, memoryBytes: null }]);
}

/** Time passes as the sweeper sees it: a look every quarter of a second; some agents beat every two seconds. */
async function pass(ms: number, beating: string[] = [], heard = true): Promise<void> {
  for (let at = 250; at <= ms; at += 250) {
    await clock.advance(250);
    if (at % 2_000 === 0) for (const id of beating) await beat(id, { heard });
    await sweep.look();
  }
}

const statusOf = async (id: string) => (await findAgent(personCtx(ground), id)).status;
async function kinds(): Promise<string[]> {
  await stampFacts(ground);
  return (await readFacts(ground.db, 0, 1_000)).map((fact) => fact.kind);
}
const count = async (kind: string) => (await kinds()).filter((one) => one === kind).length;

it("says offline at the threshold, once, dated from the last beat, and nothing of those who beat", async () => {
  const [quiet, lively] = [await onlineAgent("quiet"), await onlineAgent("lively")];
  await sweep.begin();
  await pass(4_000, [quiet, lively]);
  const lastBeatAt = clock.now().toISOString();
  await pass(5_750, [lively]);
  expect(await statusOf(quiet)).toBe("online");
  await pass(250, [lively]);
  await pass(10_000, [lively]);
  expect(await statusOf(lively)).toBe("online");
  const shown = await findAgent(personCtx(ground), quiet);
  expect(shown).toMatchObject({ status: "offline", statusSince: lastBeatAt, activity: null, task: "t" });
  expect(shown.evidence.decidedBy).toBe("No beat for 6 s.");
  expect(await count("agent.went_offline")).toBe(1);
});

it("raises no alarm when the bus is lost but beats reach the database, and a true one all the same", async () => {
  const [remote, gone] = [await onlineAgent("remote"), await onlineAgent("gone")];
  await sweep.begin();
  await pass(2_000, [remote, gone], false);
  await pass(20_000, [remote], false);
  expect(await statusOf(remote)).toBe("online");
  expect(await statusOf(gone)).toBe("offline");
});

it("is not moved by steps of the wall clock, in either direction", async () => {
  const id = await onlineAgent("a");
  await sweep.begin();
  await pass(4_000, [id]);
  for (const step of ["2040-01-01T00:00:00.000Z", "2001-01-01T00:00:00.000Z"]) {
    clock.setWall(new Date(step));
    await pass(12_000, [id]);
    expect(await statusOf(id)).toBe("online");
  }
  await pass(6_000);
  expect(await statusOf(id)).toBe("offline");
});

it("blames nobody for a pause of its own, and says so when it was long", async () => {
  const id = await onlineAgent("a");
  await sweep.begin();
  await pass(2_000, [id]);
  await clock.advance(4_000);
  await sweep.look();
  await pass(2_000, [id]);
  expect([await statusOf(id), await count("monitoring.was_blind")]).toEqual(["online", 0]);
  await clock.advance(60_000);
  await expect(sweep.look()).rejects.toThrow(/begins anew/);
  const blindness = await sweep.look();
  expect((blindness?.toMs ?? 0) - (blindness?.fromMs ?? 0)).toBeGreaterThanOrEqual(60_000);
  expect([await statusOf(id), await count("monitoring.was_blind")]).toEqual(["online", 1]);
});

it("says when it was blind, waits, then loses sight, and only at the end of the grace says offline", async () => {
  const [back, gone] = [await onlineAgent("back"), await onlineAgent("gone")];
  await sweep.begin();
  await pass(2_000, [back, gone]);
  await ground.db.sql`update cursors set seq = seq - 60000 where name = 'sweep.watching'`;
  [live, sweep] = newProcess();
  const blindness = await sweep.begin();
  expect((blindness?.toMs ?? 0) - (blindness?.fromMs ?? 0)).toBeGreaterThanOrEqual(60_000);
  expect(await count("monitoring.was_blind")).toBe(1);
  await pass(9_750, [back]);
  expect(await statusOf(gone)).toBe("online");
  await pass(2_000, [back]);
  expect([await statusOf(gone), await statusOf(back)]).toEqual(["unknown", "online"]);
  expect(await count("agent.lost_sight_of")).toBe(1);
  expect(await count("agent.went_offline")).toBe(0);
  await pass(9_000, [back]);
  expect([await statusOf(gone), await statusOf(back)]).toEqual(["offline", "online"]);
  expect(await count("agent.came_online")).toBe(2);
});

it("is not blind when the lease changes hands at once, nor when it gets its own lease back", async () => {
  const id = await onlineAgent("a");
  await sweep.begin();
  await pass(2_000, [id]);
  await ground.db.sql`update cursors set seq = seq - 1000 where name = 'sweep.watching'`;
  const held = sweep;
  const heldLive = live;
  [live, sweep] = newProcess();
  expect(await sweep.begin()).toBeNull();
  [live, sweep] = [heldLive, held];
  expect(await sweep.begin()).toBeNull();
});

/** The database refuses what the sweeper asks it for, until it is put right. */
const breakDatabase = () => ground.db.sql`alter table cursors rename to cursors_away`;
const mendDatabase = () => ground.db.sql`alter table cursors_away rename to cursors`;

/** Looks that fail, as its loop lets them. */
async function passCutOff(ms: number): Promise<void> {
  for (let at = 250; at <= ms; at += 250) {
    await clock.advance(250);
    await sweep.look().catch(() => null);
  }
}

it("calls nobody offline for the time in which the database was away, and says that it was blind", async () => {
  const [back, gone] = [await onlineAgent("back"), await onlineAgent("gone")];
  await sweep.begin();
  await pass(2_000, [back, gone]);
  await breakDatabase();
  await passCutOff(30_000);
  await mendDatabase();
  // By the clock of the database, which does not stand still with ours.
  await ground.db.sql`update cursors set seq = seq - 30000 where name = 'sweep.watching'`;
  // It is back by halves first: whoever begins then has not watched yet.
  await ground.db.sql`alter table agents rename to agents_away`;
  await passCutOff(500);
  await ground.db.sql`alter table agents_away rename to agents`;
  await pass(1_500);
  await pass(9_000, [back]);
  expect([await statusOf(back), await statusOf(gone)]).toEqual(["online", "unknown"]);
  expect([await count("monitoring.was_blind"), await count("agent.went_offline")]).toEqual([1, 0]);
  await pass(12_000, [back]);
  expect([await statusOf(back), await statusOf(gone)]).toEqual(["online", "offline"]);
});

/** The database holds back every answer about agents until `run` is over, or only what wants to write of them. */
async function whileItHangs(run: () => Promise<void>, only: "writing" | null = null): Promise<void> {
  await ground.db.sql.begin(async (tx) => {
    await tx.unsafe(`lock table agent_presence in ${only ? "exclusive" : "access exclusive"} mode`);
    await run();
  });
}

/** Somebody waits for that lock. */
const isHeldUp = () =>
  eventually(async () => (await ground.db.sql`select from pg_locks where not granted`).length > 0);

it("believes what it hears while it asks, and nothing that took as long to answer as an outage", async () => {
  const id = await onlineAgent("a");
  await sweep.begin();
  await pass(2_000, [id]);
  await pass(5_750);
  await clock.advance(250);
  let look = Promise.resolve<unknown>(null);
  await whileItHangs(async () => {
    look = sweep.look();
    live.touch(id, "acc_main");
  });
  await look;
  expect(await statusOf(id)).toBe("online");
  await pass(5_750);
  await clock.advance(250);
  await whileItHangs(async () => {
    look = sweep.look().catch((error: Error) => error.message);
    await clock.advance(4_000);
  });
  expect(await look).toMatch(/4000 ms/);
  expect(await statusOf(id)).toBe("online");
});

it("believes what it hears while it writes, and writes nothing after an outage's time", async () => {
  const id = await onlineAgent("a");
  await sweep.begin();
  await pass(2_000, [id]);
  for (const meanwhile of [() => live.touch(id, "acc_main"), () => clock.advance(4_000)]) {
    await pass(5_750);
    await clock.advance(250);
    let look = Promise.resolve<unknown>(null);
    await whileItHangs(async () => {
      look = sweep.look().catch(() => null);
      await isHeldUp();
      await meanwhile();
    }, "writing");
    await look;
    expect(await statusOf(id)).toBe("online");
  }
  expect(await count("agent.went_offline")).toBe(0);
});

it("lets no mark that the database writes late hide that nobody watched, nor tells the same twice", async () => {
  const id = await onlineAgent("a");
  await sweep.begin();
  await pass(4_000, [id]);
  // What a statement finds that waited for so long in the database, and whose process looks to itself as if none had.
  await ground.db.sql`update cursors set seq = seq - 60000 where name = 'sweep.watching'`;
  await clock.advance(1_000);
  await expect(sweep.look()).rejects.toThrow(/begins anew/);
  // A beginning that can't go on when it has told it has told nothing.
  await ground.db.sql`create rule not_now as on insert to cursors do instead select 1 / (random() * 0)::int`;
  await expect(sweep.look()).rejects.toThrow();
  await ground.db.sql`drop rule not_now on cursors`;
  await clock.advance(60_000);
  const blindness = await sweep.look();
  expect((blindness?.toMs ?? 0) - (blindness?.fromMs ?? 0)).toBeGreaterThanOrEqual(60_000);
  await pass(2_000, [id]);
  expect([await statusOf(id), await count("monitoring.was_blind")]).toEqual(["online", 1]);
});

it("two who begin at once tell it once", async () => {
  await onlineAgent("a");
  await sweep.begin();
  await ground.db.sql`update cursors set seq = seq - 60000 where name = 'sweep.watching'`;
  const others = [newProcess()[1], newProcess()[1]];
  let begun = Promise.resolve<unknown[]>([]);
  // Both wait for one who holds the mark: each must read it when the other has moved it, not before.
  await ground.db.sql.begin(async (sql) => {
    await sql`select from cursors where name = 'sweep.watching' for update`;
    begun = Promise.all(others.map((other) => other.begin()));
    await eventually(async () => (await ground.db.sql`select from pg_locks where not granted`).length > 1);
  });
  const told = await begun;
  expect(told.filter(Boolean)).toHaveLength(1);
  expect(await count("monitoring.was_blind")).toBe(1);
});

it("takes a stall for an outage whichever question it hits, and tells how long it was", async () => {
  const id = await onlineAgent("a");
  await sweep.begin();
  await pass(4_000, [id]);
  await clock.advance(1_000);
  let look = Promise.resolve<unknown>(null);
  await whileItHangs(async () => {
    // Nobody seems silent yet: what is asked is whose time is up.
    look = sweep.look().catch((error: Error) => error.message);
    await clock.advance(8_000);
  });
  expect(await look).toMatch(/8000 ms/);
  await pass(250);
  expect([await statusOf(id), await count("monitoring.was_blind")]).toEqual(["online", 1]);
});

it("ends a change that takes too long: online when it beats, offline when it is silent", async () => {
  const [alive, dead] = [await onlineAgent("alive"), await onlineAgent("dead")];
  await sweep.begin();
  await pass(2_000, [alive, dead]);
  const deadlineAt = new Date(clock.now().getTime() + 15_000);
  const event = { kind: "began", status: "restarting", deadlineAt, why: "It is restarted." } as const;
  await changeStatuses(systemCtx(ground), [
    { agentId: alive, event },
    { agentId: dead, event },
  ]);
  await pass(12_000, [alive]);
  expect([await statusOf(alive), await statusOf(dead)]).toEqual(["restarting", "restarting"]);
  await pass(4_000, [alive]);
  expect([await statusOf(alive), await statusOf(dead)]).toEqual(["online", "offline"]);
  expect(await count("agent.ended_change")).toBe(1);
});
