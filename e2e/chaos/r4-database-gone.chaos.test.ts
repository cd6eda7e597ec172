import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import { type BlockablePath, blockablePath } from "./blockable-path";
import { FleetUnderTest } from "./fleet-under-test";
import { expectChainWhole, expectCommandsOnce, expectLogsOnce, expectNoFalseAlerts } from "./invariants";
import { pause, randomFrom, seed, tries } from "./seeded";

let db: TestDatabase;
let path: BlockablePath;
let server: ServerProcess;
let fleet: FleetUnderTest;

const ready = () =>
  fetch(`${server.url}/readyz`)
    .then((answer) => answer.status)
    .catch(() => 0);

beforeAll(async () => {
  db = await testDatabase();
  path = await blockablePath(db.url);
  server = await startServerProcess({
    DATABASE_URL: path.url,
    MC_BEAT_MS: "300",
    MC_SILENT_AFTER_MS: "3000",
  });
  fleet = await FleetUnderTest.start([server.url], db, 8);
});
afterAll(async () => {
  await fleet?.stop();
  await server?.close();
  await path?.close();
  await db?.close();
});

test(`R4: backends killed and the database out of reach: nothing acknowledged is lost, and it says so (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  fleet.startCommands(80);
  for (let turn = 0; turn < tries; turn += 1) {
    await pause(300 + random() * 500);
    await db.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.catch(
      () => null,
    );
    await pause(300 + random() * 500);
    path.cut();
    await eventually(async () => (await ready()) === 503, { timeoutMs: 5_000 });
    const during = fleet.agents.map((agent) => agent.beatsAcknowledged);
    // Nobody can be let in without a database: whose line breaks now is away for as long as our outage lasts.
    fleet.agents[0]?.dropLine();
    await pause(6_000);
    // No beat is called durable while there is nothing to be durable in: at most the one that was on its way.
    for (const [index, agent] of fleet.agents.entries()) {
      expect(agent.beatsAcknowledged - (during[index] ?? 0)).toBeLessThanOrEqual(1);
    }
    path.heal();
    await eventually(async () => (await ready()) === 200, { timeoutMs: 15_000 });
    await eventually(
      () => fleet.agents.every((agent, index) => agent.beatsAcknowledged > (during[index] ?? 0) + 3),
      { timeoutMs: 20_000 },
    );
  }
  await fleet.settle();
  const facts = await expectChainWhole(db);
  expectNoFalseAlerts(facts);
  const blind = facts.filter(({ kind }) => kind === "monitoring.was_blind").length;
  expect(blind).toBeGreaterThanOrEqual(tries);
  await fleet.stop();
  await expectLogsOnce(db, fleet);
  await expectCommandsOnce(db, fleet);
});
