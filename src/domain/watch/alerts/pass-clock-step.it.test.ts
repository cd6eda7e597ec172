import { afterEach, beforeEach, expect, test } from "vitest";
import { createRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgents, alertRows, evaluateAll, ruleAbout, tellOfAgents } from "@/testing/watch";
import { passClockStep } from "./pass-clock-step";

const stepMs = 600_000;
let ground: TestGround;
let clock: FakeClock;
beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00Z");
  ground = await testGround({ clock });
  await addWatchedAgents(ground, [{ id: "agt_a" }]);
  await createRule(
    personCtx(ground),
    ruleAbout({ kind: "offline" }, { forMs: 60_000, recoverMs: 60_000, flap: null }),
  );
});
afterEach(() => ground.db.close());

async function set(byMs: number): Promise<void> {
  clock.setWall(new Date(clock.nowMs() + byMs));
  await passClockStep(ground, byMs);
}
async function after(ms: number): Promise<string[]> {
  await clock.advance(ms);
  await evaluateAll(ground);
  return (await alertRows(ground)).map(({ state }) => state);
}

test.each([stepMs, -stepMs])(
  "a clock that is set by %d ms neither hastens an alert nor its end",
  async (byMs) => {
    // Silent since 6 s by then.
    await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
    expect(await after(20_000)).toEqual([]);
    await set(byMs);
    expect(await after(33_000)).toEqual([]);
    expect(await after(2_000)).toEqual(["firing"]);
    await tellOfAgents(ground, "agent.came_online", ["agt_a"]);
    expect(await after(20_000)).toEqual(["firing"]);
    await set(byMs);
    expect(await after(39_000)).toEqual(["firing"]);
    expect(await after(2_000)).toEqual(["resolved"]);
  },
);

test("minutes that come again are judged again", async () => {
  const cursors = async () => {
    const rows = await ground.db.sql<{ name: string; seq: string }[]>`
      select name, seq from cursors where name in ('metric-minutes:acc_main', 'metric-seeing-since:acc_main', 'rules')`;
    return Object.fromEntries(rows.map(({ name, seq }) => [name.split(":")[0], Number(seq)]));
  };
  const minute = clock.nowMs();
  await ground.db.sql`
    insert into cursors (name, seq) values ('metric-minutes:acc_main', ${minute}), ('metric-seeing-since:acc_main', -1),
      ('rules', 7) on conflict (name) do update set seq = excluded.seq`;
  await set(stepMs);
  expect((await cursors())["metric-minutes"]).toBe(minute);
  await set(-stepMs - 1);
  expect(await cursors()).toEqual({
    "metric-minutes": minute - stepMs - 60_000,
    "metric-seeing-since": -1,
    rules: 7,
  });
});
