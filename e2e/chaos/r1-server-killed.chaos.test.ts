import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import { FleetUnderTest } from "./fleet-under-test";
import { expectChainWhole, expectCommandsOnce, expectLogsOnce, expectNoFalseAlerts } from "./invariants";
import { pause, randomFrom, seed, tries } from "./seeded";

let db: TestDatabase;
let server: ServerProcess;
let fleet: FleetUnderTest;

beforeAll(async () => {
  db = await testDatabase();
  server = await startServerProcess({ DATABASE_URL: db.url, MC_BEAT_MS: "300", MC_SILENT_AFTER_MS: "3000" });
  fleet = await FleetUnderTest.start([server.url], db, 12);
});
afterAll(async () => {
  await fleet?.stop();
  await server?.close();
  await db?.close();
});

test(`R1: the server killed with -9 at any moment loses nothing and does nothing twice (seed ${seed}, ${3 * tries} kills)`, async () => {
  const random = randomFrom(seed);
  fleet.startCommands(60);
  for (let kill = 0; kill < 3 * tries; kill += 1) {
    await pause(300 + random() * 1_500);
    await server.end("SIGKILL");
    const killedAt = performance.now();
    await server.start();
    const before = fleet.agents.map((agent) => agent.beatsAcknowledged);
    await eventually(
      () => fleet.agents.every((agent, index) => agent.beatsAcknowledged > (before[index] ?? 0)),
      { timeoutMs: 20_000 },
    );
    expect(performance.now() - killedAt).toBeLessThan(30_000);
  }
  await fleet.settle();
  expectNoFalseAlerts(await expectChainWhole(db));
  await fleet.stop();
  await expectLogsOnce(db, fleet);
  await expectCommandsOnce(db, fleet);
  expect(fleet.accepted.length).toBeGreaterThan(3);
});
