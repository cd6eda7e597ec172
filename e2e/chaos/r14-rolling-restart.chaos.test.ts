import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { freePort, startRedis, type TestRedis } from "@/testing/redis";
import { type Relay, startRelay } from "@/testing/relay";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import { FleetUnderTest } from "./fleet-under-test";
import { expectChainWhole, expectCommandsOnce, expectLogsOnce, expectNoFalseAlerts } from "./invariants";
import { pause, randomFrom, seed, tries } from "./seeded";

let db: TestDatabase;
let redis: TestRedis;
let servers: ServerProcess[] = [];
let balancer: Relay;
let fleet: FleetUnderTest;

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
  const [standing, falling] = servers.map((server) => server.url) as [string, string];
  // Whose instance falls finds the other one, as behind a load balancer.
  balancer = await startRelay([falling, standing], await freePort());
  fleet = await FleetUnderTest.start([standing, new URL(balancer.url).origin], db, 8);
});
afterAll(async () => {
  await fleet?.stop();
  await balancer?.stop();
  for (const server of servers) await server.close();
  await redis?.stop();
  await db?.close();
});

test(`R14: two instances, restarted one after the other or killed: no command fails, the leases move within 10 s (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  fleet.startCommands(60);
  for (let turn = 0; turn < 2 * tries; turn += 1) {
    await pause(500 + random() * 800);
    // The first instance takes the requests of this test; the second one falls, politely or not.
    const falling = servers[1] as ServerProcess;
    await falling.end(turn % 2 === 0 ? "SIGTERM" : "SIGKILL");
    await eventually(async () => (await fetch(`${servers[0]?.url}/readyz`)).status === 200, {
      timeoutMs: 10_000,
    });
    await falling.start();
    for (const [index, agent] of fleet.agents.entries()) if (index % 2 === 1) agent.dropLine();
    const before = fleet.agents.map((agent) => agent.beatsAcknowledged);
    await eventually(
      () => fleet.agents.every((agent, index) => agent.beatsAcknowledged > (before[index] ?? 0)),
      { timeoutMs: 20_000 },
    );
  }
  await fleet.settle();
  expectNoFalseAlerts(await expectChainWhole(db));
  await fleet.stop();
  await expectLogsOnce(db, fleet);
  await expectCommandsOnce(db, fleet);
  const failed = await db.sql`select id, state, message from commands where state <> 'succeeded'`;
  expect(failed).toEqual([]);
  expect(fleet.accepted.length).toBeGreaterThan(3);
});
