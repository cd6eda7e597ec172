import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { startRedis, type TestRedis } from "@/testing/redis";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import { FleetUnderTest } from "./fleet-under-test";
import { expectChainWhole, expectCommandsOnce, expectLogsOnce, expectNoFalseAlerts } from "./invariants";
import { pause, randomFrom, seed, tries } from "./seeded";

let db: TestDatabase;
let redis: TestRedis;
let servers: ServerProcess[] = [];
let fleet: FleetUnderTest;

const ready = (server: ServerProcess) =>
  fetch(`${server.url}/readyz`)
    .then((answer) => answer.status)
    .catch(() => 0);

beforeAll(async () => {
  db = await testDatabase();
  redis = await startRedis();
  const env = {
    DATABASE_URL: db.url,
    REDIS_URL: redis.url,
    MC_SECRET: "ab".repeat(32),
    MC_BEAT_MS: "300",
    MC_SILENT_AFTER_MS: "3000",
  };
  servers = [await startServerProcess(env), await startServerProcess(env)];
  fleet = await FleetUnderTest.start(
    servers.map((server) => server.url),
    db,
    8,
  );
});
afterAll(async () => {
  await fleet?.stop();
  for (const server of servers) await server.close();
  await redis?.stop();
  await db?.close();
});

test(`R3: Redis killed, or stopped without a word, costs no acknowledged thing and no false alarm (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  fleet.startCommands(80);
  for (let turn = 0; turn < 2 * tries; turn += 1) {
    const silent = turn % 2 === 1;
    await pause(300 + random() * 500);
    if (silent) redis.pause();
    else await redis.kill();
    await eventually(async () => (await ready(servers[0] as ServerProcess)) === 503, { timeoutMs: 6_000 });
    const before = fleet.agents.map((agent) => agent.beatsAcknowledged);
    await eventually(
      () => fleet.agents.every((agent, index) => agent.beatsAcknowledged > (before[index] ?? 0) + 5),
      { timeoutMs: 15_000 },
    );
    // Longer than the threshold of silence: the sweeper no longer hears of the other instance's agents by the bus.
    await pause(4_000);
    if (silent) redis.resume();
    else await redis.restart();
    await eventually(async () => (await Promise.all(servers.map(ready))).every((status) => status === 200), {
      timeoutMs: 10_000,
    });
  }
  await fleet.settle();
  expectNoFalseAlerts(await expectChainWhole(db));
  await fleet.stop();
  await expectLogsOnce(db, fleet);
  await expectCommandsOnce(db, fleet);
  expect(fleet.accepted.length).toBeGreaterThan(3);
});
