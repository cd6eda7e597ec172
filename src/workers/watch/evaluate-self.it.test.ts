import { afterEach, beforeEach, expect, test } from "vitest";
import { selfReader } from "@/domain/watch/observe/self";
import { createRule } from "@/domain/watch/rules";
import { writeTurn } from "@/domain/watch/turns";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { alertRows, ruleAbout } from "@/testing/watch";
import { startEvaluator } from "./evaluate";

let ground: TestGround;
let clock: FakeClock;

beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00Z");
  ground = await testGround({ clock });
  for (const check of ["evaluation-lag", "delivery-lag"] as const) {
    await createRule(personCtx(ground), ruleAbout({ kind: "self", check, value: 60_000 }));
  }
});
afterEach(() => ground.db.close());

const tellingTurns = async (at: Date) => {
  for (const name of ["notify", "deliver"]) await writeTurn(ground.db, name, at, { lagMs: 0, backlog: 0 });
};

/** A second passes, and the evaluator has its turn in it, however slow this machine is. */
async function second(): Promise<void> {
  await clock.advance(1_000);
  await eventually(async () => {
    const [turn] = await ground.db.sql<{ at: Date }[]>`select at from watch_turns where name = 'evaluate'`;
    return turn !== undefined && new Date(turn.at).getTime() > clock.nowMs() - 5_000;
  });
}

test("ten hours in which no server ran are no lag of the one that starts; what stays late afterwards is", async () => {
  const before = new Date(clock.nowMs() - 10 * 3_600_000);
  await writeTurn(ground.db, "evaluate", before, { lagMs: 0, backlog: 0 });
  await tellingTurns(before);
  const evaluator = startEvaluator(ground, [selfReader]);
  try {
    // Who delivers may have to wait until a lease of somebody who died has run out.
    for (let passed = 0; passed < 10; passed++) await second();
    for (let passed = 0; passed < 35; passed++) {
      await tellingTurns(clock.now());
      await second();
    }
    expect(await ground.db.sql`select * from alerts`).toEqual([]);

    for (let passed = 0; passed < 50; passed++) await second();
    expect(await alertRows(ground), "late by less than the rule allows").toEqual([]);
    for (let passed = 0; passed < 30; passed++) await second();
    const rows = await alertRows(ground);
    expect(rows.map(({ subjectId, state }) => [subjectId, state])).toEqual([["delivery-lag", "firing"]]);
  } finally {
    await evaluator.stop();
  }
});
