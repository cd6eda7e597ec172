import { afterEach, beforeEach, expect, test } from "vitest";
import type { Ground } from "@/domain/kernel";
import { evaluateReader } from "@/domain/watch/alerts";
import { createRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgents, ruleAbout } from "@/testing/watch";
import { closedAfterMs, metricReader } from "./metric";

const agentCount = 10_000;
const minuteMs = 60_000;
const start = Date.parse("2026-11-21T10:00:00.000Z");
let clock: FakeClock;
let ground: TestGround;
beforeEach(async () => {
  clock = fakeClock(new Date(start - 60 * minuteMs));
  ground = await testGround({ clock });
  await addWatchedAgents(
    ground,
    Array.from({ length: agentCount }, (_, index) => ({ id: `agt_${index}`, tags: ["prod"] })),
  );
});
afterEach(() => ground.db.close());

/** All agents have this value in a minute, which has closed then. */
async function minute(index: number, value: number): Promise<void> {
  await ground.db.sql`
    insert into metric_minutes (agent_id, at, account_id, cpu_percent, beats)
    select id, ${new Date(start + index * minuteMs).toISOString()}::timestamptz, 'acc_main', ${value}, 30 from agents`;
  await ground.db.sql`analyze agents, agent_presence, metric_minutes`;
  clock.setWall(new Date(start + (index + 1) * minuteMs + closedAfterMs));
}

type Looked = { transactions: number; longestMs: number; blockedMs: number };

/** Asks the reader and tells how long the longest transaction took and the event loop was held. */
async function look(within: Ground = ground): Promise<Looked> {
  const looked = { transactions: 0, longestMs: 0, blockedMs: 0 };
  const { orm } = within.db;
  const timed: typeof orm.transaction = async (...args) => {
    const began = performance.now();
    try {
      return await orm.transaction(...args);
    } finally {
      looked.transactions += 1;
      looked.longestMs = Math.max(looked.longestMs, Math.round(performance.now() - began));
    }
  };
  const db = Object.assign(Object.create(within.db), {
    orm: Object.assign(Object.create(orm), { transaction: timed }),
  });
  let over = false;
  let last = performance.now();
  const tick = () => {
    looked.blockedMs = Math.max(looked.blockedMs, Math.round(performance.now() - last));
    last = performance.now();
    if (!over) setImmediate(tick);
  };
  setImmediate(tick);
  await evaluateReader({ ...within, db }, metricReader).finally(() => {
    over = true;
  });
  return looked;
}

const states = async () => {
  const rows = await ground.db.sql<{ state: string; count: number }[]>`
    select state, count(*)::int as count from alerts group by 1`;
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

test("ten thousand agents cross a threshold in the same minute", async () => {
  await createRule(
    personCtx(ground),
    ruleAbout({ kind: "metric", metric: "cpuPercent", op: "above", value: 90 }, { flap: null }),
  );
  await minute(0, 20);
  const calm = await look();
  await minute(1, 99);
  const storm = await look();
  expect(await states()).toEqual({ firing: agentCount });
  await minute(2, 20);
  const over = await look();
  expect(await states()).toEqual({ resolved: agentCount });
  console.log({ calm, storm, over });
}, 120_000);
