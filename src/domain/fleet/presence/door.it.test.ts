import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "@/db/client";
import { createAgent, findAgent, metricMinutesOf } from "@/domain/fleet/agents";
import { knownMetrics } from "@/domain/fleet/metrics";
import { type AgentServer, startAgentServer } from "@/testing/agent-server";
import { eventually } from "@/testing/eventually";
import { personCtx, testGround } from "@/testing/ground";
import { freePort } from "@/testing/redis";
import { startRelay } from "@/testing/relay";
import { AdmissionDesk } from "./admission-desk";
import type { KnownBeat } from "./judge-beat";
import { MinuteSums } from "./minute-sums";

let server: AgentServer;
beforeAll(async () => {
  server = await startAgentServer({ door: { stuckAfterMs: 1_000, linesPerSecond: 5_000 } });
});
afterAll(() => server.stop());
const ctx = () => personCtx(server.ground);

it("calls an agent stuck once, and unstuck once, however often it beats", async () => {
  const { id, key } = await createAgent(ctx(), { name: "sticky" });
  const agent = server.agent({ key });
  await agent.connect();
  const at = Date.now();
  const activity = async () => (await findAgent(ctx(), id)).activity;
  await agent.beat({ at, progressAt: at });
  await eventually(async () => (await activity()) === "working");
  for (let index = 0; index < 3; index++) await agent.beat({ at, progressAt: at - 5_000 });
  await eventually(async () => (await activity()) === "stuck");
  for (let index = 0; index < 3; index++) await agent.beat({ at, progressAt: at });
  await eventually(async () => (await activity()) === "working");
  const facts = await server.ground.db.sql`
    select kind from facts where target->>'id' = ${id} union all
    select kind from facts_pending where target->>'id' = ${id}`;
  const stuck = facts.map((fact) => fact.kind).filter((kind) => /stuck/.test(kind));
  expect(stuck.sort()).toEqual(["agent.got_stuck", "agent.got_unstuck"]);
});

it("keeps what it knows of an agent when a beat tells no metrics", async () => {
  const { id, key } = await createAgent(ctx(), { name: "terse" });
  const agent = server.agent({ key });
  await agent.connect();
  await agent.beat({ metrics: { cpuPercent: 7 } });
  await agent.beat({ metrics: undefined, task: null });
  expect(await findAgent(ctx(), id)).toMatchObject({ metrics: { cpuPercent: 7 }, task: null });
});

it("looks up a storm of keys in a few queries", async () => {
  const { db, clock } = server.ground;
  let queries = 0;
  const counting = new Proxy(db.sql, {
    apply: (target, self, args) => {
      queries += 1;
      return Reflect.apply(target, self, args);
    },
  });
  const desk = new AdmissionDesk({ ...db, sql: counting }, clock);
  const answers = await Promise.all(
    Array.from({ length: 2_000 }, (_, index) =>
      desk.look({ by: "key", hash: `hash ${index}`, sessionId: "s", from: null }),
    ),
  );
  expect(answers.every((answer) => answer === null)).toBe(true);
  expect(queries).toBeLessThanOrEqual(8);
});

const bareMinute = {
  diskUsedBytes: null,
  diskTotalBytes: null,
  netRxBytes: null,
  netTxBytes: null,
  numbers: {},
};
const beatOf = (receivedAt: string, metrics: KnownBeat["metrics"]): KnownBeat => ({
  receivedAtMs: Date.parse(receivedAt),
  activity: "working",
  task: null,
  progressAtMs: null,
  transitMs: null,
  metrics,
});
const minutesOf = (id: string) =>
  metricMinutesOf(ctx(), id, new Date("2026-01-01T10:00:00.000Z"), new Date("2026-01-01T11:00:00.000Z"));

it("writes a minute's mean and peak, joined over two writers", async () => {
  const { id } = await createAgent(ctx(), { name: "measured" });
  const receivedAt = "2026-01-01T10:00:30.000Z";
  const add = (sums: MinuteSums, cpuPercent: number) =>
    sums.add(id, "acc_main", beatOf(receivedAt, { cpuPercent, memoryBytes: 100 }));
  const [left, right] = [new MinuteSums(), new MinuteSums()];
  for (const cpu of [10, 20, 30]) add(left, cpu);
  add(right, 100);
  await left.flush(server.ground.db, new Date("2026-01-01T10:00:59.000Z"));
  expect(await minutesOf(id)).toEqual([]);
  await left.flush(server.ground.db, new Date("2026-01-01T10:01:00.000Z"));
  await right.flush(server.ground.db, new Date(receivedAt), true);
  expect(await minutesOf(id)).toEqual([
    { ...bareMinute, at: "2026-01-01T10:00:00.000Z", cpuPercent: 40, cpuPeakPercent: 100, memoryBytes: 100 },
  ]);
});

it("writes disk, what the counters of the network grew by, and numbers, joined over two writers", async () => {
  const { id } = await createAgent(ctx(), { name: "numerous" });
  const [left, right] = [new MinuteSums(), new MinuteSums()];
  const flush = (sums: MinuteSums, now: string) => sums.flush(server.ground.db, new Date(now));
  const counted = (netRxBytes: number, depth: number) => ({
    diskUsedBytes: depth * 10,
    diskTotalBytes: 1_000,
    netRxBytes,
    numbers: { "queue.depth": depth, tiny: 5e-324 },
  });
  left.add(id, "acc_main", beatOf("2026-01-01T10:00:50.000Z", counted(1_000, 1)));
  await flush(left, "2026-01-01T10:01:00.000Z");
  left.add(id, "acc_main", beatOf("2026-01-01T10:01:10.000Z", counted(1_500, 10)));
  left.add(id, "acc_main", beatOf("2026-01-01T10:01:20.000Z", counted(20, 30)));
  left.add(id, "acc_main", beatOf("2026-01-01T10:01:30.000Z", counted(50, 20)));
  right.add(id, "acc_main", beatOf("2026-01-01T10:01:40.000Z", { numbers: { "queue.depth": -100 } }));
  await flush(left, "2026-01-01T10:02:00.000Z");
  await flush(right, "2026-01-01T10:02:00.000Z");
  expect(await minutesOf(id)).toMatchObject([
    { diskUsedBytes: 10, diskTotalBytes: 1_000, netRxBytes: null, numbers: { "queue.depth": 1, tiny: 0 } },
    { diskUsedBytes: 200, netRxBytes: 530, netTxBytes: null, numbers: { "queue.depth": -10, tiny: 0 } },
  ]);
  const known = (await knownMetrics(ctx())).filter(({ unit }) => unit === "number");
  expect(known).toEqual([
    { name: "queue.depth", unit: "number", agents: 1 },
    { name: "tiny", unit: "number", agents: 1 },
  ]);
  expect(await knownMetrics(personCtx(server.ground, "viewer", "acc_other"))).toHaveLength(6);
});

it("acknowledges nothing while the database is away, and goes on by itself when it is back", async () => {
  const direct = await testGround();
  const relay = await startRelay(direct.db.url, await freePort());
  const through = { ...direct, db: { ...connect(relay.url, { max: 4 }), url: relay.url } };
  const own = await startAgentServer({
    ground: { ...through, db: { ...through.db, close: direct.db.close } },
  });
  const made = await createAgent(personCtx(direct), { name: "patient" });
  const agent = own.agent({ key: made.key });
  await agent.connect();
  expect(await agent.beat()).toMatchObject({ ok: true });
  await relay.cut();
  const refused = await agent.beat({ task: "while away" });
  expect(refused).toMatchObject({
    ok: false,
    error: { code: "unavailable", retryAfterMs: expect.any(Number) },
  });
  expect(await agent.logs(["while away"])).toMatchObject({ ok: false, error: { code: "unavailable" } });
  expect(agent.closed).toBeNull();
  await relay.heal();
  // The beat that was not acknowledged was kept all the same: the newest one of the agent is written first.
  await eventually(async () => (await findAgent(personCtx(direct), made.id)).task === "while away");
  await eventually(async () => (await agent.beat({ task: "back" })).ok);
  expect(await agent.logs([{ seq: 0, message: "while away" }])).toEqual({ ok: true, through: 0 });
  await own.stop();
  await through.db.close();
  await relay.stop();
  await direct.db.close();
}, 60_000);
