import { afterAll, beforeAll, expect, it } from "vitest";
import { fakeClock } from "@/testing/clock";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { memoryBus } from "./bus";
import { watchHealth } from "./health";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ max: 2 });
});
afterAll(() => database.close());

it("says in words what no server does, until somebody holds its lease", async () => {
  const { sql } = database;
  const duties = new Map([
    ["sweep", "noticing silent agents"],
    ["rules", "judging alert rules"],
  ]);
  const hold = (name: string) => sql`
    insert into leases (name, holder, epoch, expires_at, renewed_at)
    values (${name}, 'a', 1, clock_timestamp() + interval '1 minute', clock_timestamp())`;
  const health = watchHealth({ sql, bus: memoryBus(), clock: fakeClock(), duties });
  await health.probe();
  expect(health.state()).toMatchObject({
    workers: false,
    note: "No server does this work at the moment: noticing silent agents, judging alert rules.",
  });
  await hold("rules");
  await health.probe();
  expect(health.state().note).toBe("No server does this work at the moment: noticing silent agents.");
  await hold("sweep");
  await health.probe();
  expect(health.state()).toMatchObject({ workers: true, note: null });
  await sql`update leases set expires_at = clock_timestamp() where name = 'rules'`;
  await health.probe();
  expect(health.state().note).toBe("No server does this work at the moment: judging alert rules.");
  health.stop();
});
