import { afterEach, beforeEach, expect, test } from "vitest";
import type { RuleDraft } from "@/contracts/watch/rule";
import { evaluateReader } from "@/domain/watch/alerts";
import { createRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgents, ruleAbout } from "@/testing/watch";
import { closedAfterMs, metricReader } from "./metric";
import { mostSeen } from "./observation";

const minuteMs = 60_000;
const start = Date.parse("2026-11-21T10:00:00.000Z");
let clock: FakeClock;
let ground: TestGround;
beforeEach(async () => {
  clock = fakeClock(new Date(start - 60 * minuteMs));
  ground = await testGround({ clock });
});
afterEach(() => ground.db.close());

async function fleetOf(count: number, more: Partial<RuleDraft> = {}): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `agt_${index}`);
  await addWatchedAgents(
    ground,
    ids.map((id) => ({ id })),
  );
  const condition = { kind: "metric", metric: "cpuPercent", op: "above", value: 90 } as const;
  await createRule(personCtx(ground), ruleAbout(condition, { flap: null, ...more }));
}

/** All agents have this value in a minute, which has closed then. */
async function minute(index: number, value: number): Promise<void> {
  await ground.db.sql`
    insert into metric_minutes (agent_id, at, account_id, cpu_percent, beats)
    select id, ${new Date(start + index * minuteMs).toISOString()}::timestamptz, 'acc_main', ${value}, 30 from agents`;
  clock.setWall(new Date(start + (index + 1) * minuteMs + closedAfterMs));
}

type Looked = { transactions: number; longestMs: number; tookMs: number };

/**
 * Lets the evaluator look at what closed, and tells in how many transactions and how long the longest was. `before` is
 * asked before each of them; where it throws, the evaluator dies.
 */
async function look(before: (transaction: number) => void = () => {}): Promise<Looked> {
  const looked = { transactions: 0, longestMs: 0, tookMs: 0 };
  const { orm } = ground.db;
  const transaction: typeof orm.transaction = async (...args) => {
    looked.transactions += 1;
    before(looked.transactions);
    const began = performance.now();
    const answer = await orm.transaction(...args);
    const tookMs = performance.now() - began;
    looked.longestMs = Math.max(looked.longestMs, tookMs);
    looked.tookMs += tookMs;
    return answer;
  };
  const db = Object.assign(Object.create(ground.db), {
    orm: Object.assign(Object.create(orm), { transaction }),
  });
  await evaluateReader({ ...ground, db }, metricReader);
  return looked;
}

async function states(): Promise<Record<string, number>> {
  const rows = await ground.db.sql<{ state: string; count: number }[]>`
    select state, count(*)::int as count from alerts group by 1`;
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** How many alerts each transaction wrote that wrote any, the largest first. */
async function written(): Promise<number[]> {
  const rows = await ground.db.sql<{ count: number }[]>`
    select count(*)::int as count from alerts group by xmin order by 1 desc`;
  return rows.map(({ count }) => count);
}

async function told(kind: "alert.fired" | "alert.resolved"): Promise<number> {
  const [row] = await ground.db.sql<{ count: number }[]>`
    select count(*)::int as count from facts_pending where kind = ${kind}`;
  return row?.count ?? 0;
}

test("ten thousand agents cross a threshold in the same minute, and come back in another", async () => {
  await fleetOf(10_000);
  await minute(0, 20);
  const calm = await look();
  expect(calm.transactions).toBe(1);
  await minute(1, 99);
  const storm = await look();
  expect(await states()).toEqual({ firing: 10_000 });
  expect((await written())[0]).toBeLessThanOrEqual(mostSeen);
  await minute(2, 20);
  const end = await look();
  expect(await states()).toEqual({ resolved: 10_000 });
  expect((await written())[0]).toBeLessThanOrEqual(mostSeen);
  for (const { longestMs, tookMs } of [storm, end]) expect(longestMs).toBeLessThan(tookMs / 3);
}, 120_000);

test("an evaluator dies between the slices of a minute: the next one judges it again, and nothing is told twice", async () => {
  await fleetOf(2_500, { forMs: 2 * minuteMs, recoverMs: 2 * minuteMs });
  for (const [index, value] of [20, 99, 99, 99, 20, 20, 20].entries()) {
    await minute(index, value);
    const dies = look((transaction) => {
      if (transaction === 3) throw new Error("the evaluator dies here");
    });
    // Minutes of which there is nothing to say, or nothing new, are judged at once, so nobody dies in them.
    if ([1, 2, 4, 5, 6].includes(index)) await expect(dies).rejects.toThrow("dies here");
    else expect((await dies).transactions).toBe(1);
    await look();
  }
  expect(await states()).toEqual({ resolved: 2_500 });
  expect(await told("alert.fired")).toBe(2_500);
  expect(await told("alert.resolved")).toBe(2_500);
  const times = await ground.db.sql<{ fired: string; resolved: string }[]>`
    select distinct fired_at as fired, resolved_at as resolved from alerts`;
  const at = (index: number) => start + index * minuteMs;
  expect(times.map(({ fired, resolved }) => [Date.parse(fired), Date.parse(resolved)])).toEqual([
    [at(3), at(7)],
  ]);
}, 120_000);

test("two evaluators at once, several minutes late: each minute once, in its order", async () => {
  await fleetOf(1_500);
  await minute(0, 20);
  await look();
  for (const [index, value] of [99, 20, 99].entries()) await minute(index + 1, value);
  await Promise.all([look(), look()]);
  expect(await states()).toEqual({ resolved: 1_500, firing: 1_500 });
  expect(await told("alert.fired")).toBe(3_000);
  expect(await told("alert.resolved")).toBe(1_500);
}, 120_000);

test("nobody tells anything any more, and then they are removed: in slices too", async () => {
  await fleetOf(2_500, { noData: "alert" });
  for (let index = 0; index < 4; index++) {
    clock.setWall(new Date(start + (index + 1) * minuteMs + closedAfterMs));
    await look();
  }
  expect(await states()).toEqual({ firing: 2_500 });
  expect((await written())[0]).toBeLessThanOrEqual(mostSeen);
  await ground.db.sql`update agents set removed_at = now()`;
  clock.setWall(new Date(start + 5 * minuteMs + closedAfterMs));
  await look();
  expect(await states()).toEqual({ resolved: 2_500 });
  expect((await written())[0]).toBeLessThanOrEqual(mostSeen);
}, 120_000);
