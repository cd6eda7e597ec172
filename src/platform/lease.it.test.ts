import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { fakeClock } from "@/testing/clock";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { type Clock, systemClock } from "./clock";
import { holdLease } from "./lease";
import { createLog } from "./log";

const log = createLog("silent");
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase({ max: 4 });
});
beforeEach(() => database.sql`truncate leases`);
afterAll(() => database.close());

function contend(
  holder: string,
  { ttlMs = 4_000, clock = systemClock }: { ttlMs?: number; clock?: Clock } = {},
) {
  const events: string[] = [];
  let signal: AbortSignal | undefined;
  const lease = holdLease({
    sql: database.sql,
    clock,
    log,
    name: "stamper",
    holder,
    ttlMs,
    onGained(epoch, gained) {
      signal = gained;
      events.push(`gained ${epoch}`);
    },
    onLost: () => void events.push("lost"),
  });
  return { lease, events, signal: () => signal };
}

it("lets one of several hold it", async () => {
  const all = ["a", "b", "c"].map((holder) => contend(holder));
  await eventually(() => all.some(({ lease }) => lease.held()));
  await Promise.all(all.slice(1).map(({ lease }) => eventually(() => lease.held() || true)));
  expect(all.filter(({ lease }) => lease.held())).toHaveLength(1);
  await Promise.all(all.map(({ lease }) => lease.stop()));
});

it("hands over at once after a clean stop, with a greater epoch", async () => {
  const one = contend("one");
  await eventually(() => one.lease.held());
  const two = contend("two");
  const stoppedAt = performance.now();
  await one.lease.stop();
  await eventually(() => two.lease.held());
  expect(performance.now() - stoppedAt).toBeLessThan(1_500);
  expect(two.lease.epoch()).toBeGreaterThan(one.lease.epoch());
  expect(one.events).toEqual(["gained 1", "lost"]);
  expect(one.signal()?.aborted).toBe(true);
  await two.lease.stop();
});

it("is stolen once it has run out, and its late holder notices", async () => {
  const frozen = fakeClock();
  const one = contend("one", { clock: frozen, ttlMs: 600 });
  await eventually(() => one.lease.held());
  // Its clock stands still, as in a stopped process: it does not renew.
  const two = contend("two", { ttlMs: 600 });
  await eventually(() => two.lease.held());
  await frozen.advance(200);
  await eventually(() => one.events.includes("lost"));
  expect(one.lease.held()).toBe(false);
  await Promise.all([one.lease.stop(), two.lease.stop()]);
  expect(two.lease.epoch()).toBe(2);
});

it("lets go by its own clock before another can have it, while the database is out of reach", async () => {
  const clock = fakeClock();
  const one = contend("one", { clock, ttlMs: 3_000 });
  await eventually(() => one.lease.held());
  // A lock on the table: renewals wait, as on a database that does not answer.
  let release = () => {};
  const blocked = database.sql.begin(async (tx) => {
    await tx`lock table leases in access exclusive mode`;
    await clock.advance(2_699);
    expect(one.lease.held()).toBe(true);
    await clock.advance(2);
    expect(one.lease.held()).toBe(false);
    expect(one.events).toEqual(["gained 1", "lost"]);
    release();
  });
  await new Promise<void>((resolve) => {
    release = resolve;
  });
  await blocked;
  await one.lease.stop();
});
