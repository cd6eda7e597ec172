import { afterEach, beforeEach, expect, test } from "vitest";
import { evaluateReader } from "@/domain/watch/alerts";
import { createRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgents, ruleAbout } from "@/testing/watch";
import { expiryReader } from "./expiry";
import { logReader } from "./log";
import { mostSeen } from "./observation";

const count = 2_500;
let clock: FakeClock;
let ground: TestGround;
beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00.000Z");
  ground = await testGround({ clock });
});
afterEach(() => ground.db.close());

/** Alerts in a state, and how many of them one transaction wrote at most. */
async function written(state: "firing" | "resolved"): Promise<{ all: number; atOnce: number }> {
  const rows = await ground.db.sql<{ count: number }[]>`
    select count(*)::int as count from alerts where state = ${state} group by xmin order by 1 desc`;
  return { all: rows.reduce((sum, row) => sum + row.count, 0), atOnce: rows[0]?.count ?? 0 };
}

test("thousands of tokens that end at once fire and resolve in slices, each once", async () => {
  await ground.db.sql`
    insert into join_tokens (id, account_id, prefix, hash, uses_left, created_at, expires_at)
    select 'jt_' || n, 'acc_main', 'mcj_' || n, 'hash' || n, 1, ${clock.now().toISOString()}::timestamptz,
      ${new Date(clock.nowMs() + 600_000).toISOString()}::timestamptz from generate_series(1, ${count}::int) n`;
  await createRule(
    personCtx(ground),
    ruleAbout({ kind: "expiry", of: ["join-token"], withinMs: 3_600_000 }, { recoverMs: 60_000 }),
  );
  await evaluateReader(ground, expiryReader);
  expect(await written("firing")).toEqual({ all: count, atOnce: mostSeen });
  await evaluateReader(ground, expiryReader);
  expect(await written("firing")).toEqual({ all: count, atOnce: mostSeen });
  await ground.db.sql`delete from join_tokens`;
  await evaluateReader(ground, expiryReader);
  expect(await written("resolved")).toEqual({ all: count, atOnce: mostSeen });
}, 60_000);

test("thousands of log hits are taken away in slices, without waiting for the next turn", async () => {
  await addWatchedAgents(
    ground,
    Array.from({ length: count }, (_, index) => ({ id: `agt_${index + 1}` })),
  );
  const rule = await createRule(
    personCtx(ground),
    ruleAbout({ kind: "log", level: "warn", pattern: "boom", regex: false, count: 1, windowMs: 60_000 }),
  );
  await ground.db.sql`
    insert into log_hits (account_id, rule_id, rule_version, agent_id, at, count, sample)
    select 'acc_main', ${rule.id}, 1, 'agt_' || n, ${clock.now().toISOString()}::timestamptz, 1, 'boom'
    from generate_series(1, ${count}::int) n`;
  await evaluateReader(ground, logReader);
  expect(await written("firing")).toEqual({ all: count, atOnce: mostSeen });
  expect(await ground.db.sql`select * from log_hits`).toEqual([]);
}, 60_000);
