import { afterEach, beforeEach, expect, test } from "vitest";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import type { TickingReader } from "@/domain/watch/observe/ticking";
import { createRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent, alertRows, ruleAbout, tellOfAgents } from "@/testing/watch";
import { startEvaluator } from "./evaluate";

let ground: TestGround;
let clock: FakeClock;
let evaluator: { stop(): Promise<void> };
/** When the reader was asked, by the monotonic clock. */
let asked: number[];

beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00Z");
  ground = await testGround({ clock });
  await addWatchedAgent(ground, { id: "agt_a", name: "indexer" });
  await createRule(personCtx(ground), ruleAbout({ kind: "offline" }, { forMs: 30_000 }));
  asked = [];
  const reader: TickingReader = {
    name: "noted",
    everyMs: 1_000,
    read: async () => {
      asked.push(clock.monotonicMs());
      return { observations: [], next: null };
    },
  };
  evaluator = startEvaluator(ground, [reader]);
});
afterEach(async () => {
  await evaluator.stop();
  await ground.db.close();
});

const set = (byMs: number) => clock.setWall(new Date(clock.nowMs() + byMs));
/** Lets the loops run in small steps until it is so. */
const passing = (probe: () => boolean | Promise<boolean>) =>
  eventually(
    async () => {
      await clock.advance(100);
      return probe();
    },
    { timeoutMs: 30_000 },
  );
const turn = async () => {
  const [row] = await ground.db.sql<{ at: Date; lag: number }[]>`
    select at, lag_ms as lag from watch_turns where name = 'evaluate'`;
  return row ? { atMs: new Date(row.at).getTime(), lagMs: row.lag } : { atMs: 0, lagMs: 0 };
};

test.each([600_000, -600_000])(
  "a clock that is set by %d ms makes no alert early and no lag",
  async (byMs) => {
    await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
    ground.bus.publish("facts", await stampFacts(ground));
    await passing(async () => (await ground.db.sql`select * from alert_states`).length === 1);
    await passing(() => asked.length > 0);

    // A fact from just before, which nobody judged yet, looks ten minutes old.
    await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
    set(byMs);
    const setAtMs = clock.monotonicMs();
    ground.bus.publish("facts", await stampFacts(ground));
    await passing(
      async () => (await turn()).atMs > clock.nowMs() - 5_000 && clock.monotonicMs() > setAtMs + 2_000,
    );
    expect((await turn()).lagMs).toBe(0);
    expect(await alertRows(ground)).toEqual([]);

    // What others wrote by the old clock is written anew before anybody judges by it.
    await passing(() => (asked.at(-1) ?? 0) > setAtMs);
    expect(asked.filter((atMs) => atMs > setAtMs && atMs < setAtMs + 5_000)).toEqual([]);
    const silentMs = 6_000;
    await passing(async () => (await alertRows(ground)).length === 1);
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(30_000 - silentMs);
    expect(clock.monotonicMs()).toBeLessThan(30_000);
  },
);
