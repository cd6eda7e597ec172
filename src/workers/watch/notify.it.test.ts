import { afterEach, beforeEach, expect, test } from "vitest";
import { transact } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { notifyCursorSeq } from "@/domain/watch/telling/notifier";
import { fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { policyOf, TellingStage } from "@/testing/telling";
import { startNotifier } from "./notify";

let stage: TellingStage;
let clock: ReturnType<typeof fakeClock>;
beforeEach(async () => {
  clock = fakeClock("2026-11-20T10:00:00Z");
  stage = await TellingStage.open(clock, policyOf({ waitMs: 0, intervalMs: 30_000 }));
});
afterEach(() => stage.close());

/** Stamps what is pending and tells of it as the stamper does, unless the message is lost. */
async function stamp({ tell = true } = {}): Promise<number> {
  const facts = await stampFacts(stage.ground);
  if (tell) stage.ground.bus.publish("facts", facts);
  return facts.at(-1)?.seq ?? 0;
}

test("an alert is in the outbox as soon as its fact is in the log; the deliverer is nudged after the commit", async () => {
  let nudges = 0;
  stage.ground.bus.subscribe("nudge.notifications", () => {
    nudges += 1;
  });
  const notifier = startNotifier(stage.ground);
  try {
    await stamp();
    await stage.fire({ id: "a" });
    await stamp();
    await eventually(async () => expect(await stage.told()).toMatchObject([{ firing: ["a"] }]));
    await eventually(() => expect(nudges).toBe(1));
  } finally {
    await notifier.stop();
  }
});

test("facts of other things are passed, and what was lost on the bus is found at the next tick", async () => {
  const notifier = startNotifier(stage.ground);
  try {
    await stamp();
    for (let count = 0; count < 3; count++) {
      await transact(personCtx(stage.ground), async ({ record }) =>
        record({ kind: "group.created", target: { kind: "group", id: "g", name: "g" } }),
      );
      await stamp();
    }
    await stage.fire({ id: "a" });
    const last = await stamp({ tell: false });
    await eventually(async () => {
      await clock.advance(1_000);
      expect(await stage.told()).toMatchObject([{ firing: ["a"] }]);
      expect(await notifyCursorSeq(stage.ground)).toBe(last);
      const turns = await stage.ground.db.sql`select name from watch_turns`;
      return expect(turns).toEqual([{ name: "notify" }]);
    });
  } finally {
    await notifier.stop();
  }
});

test("two notifiers at once and one after them tell everything once, at its time", async () => {
  const both = [startNotifier(stage.ground), startNotifier(stage.ground)];
  await stage.fire({ id: "a" });
  await stamp();
  await eventually(async () => expect(await stage.told()).toHaveLength(1));
  await stage.fire({ id: "b" });
  await stamp();
  await eventually(async () => {
    const [group] = await stage.ground.db
      .sql`select flush_at from alert_groups where flush_at < ${"2026-11-20T10:01:00Z"}::timestamptz`;
    return group;
  });
  await Promise.all(both.map((notifier) => notifier.stop()));
  const after = startNotifier(stage.ground);
  try {
    await eventually(async () => {
      await clock.advance(500);
      return expect(await stage.told()).toHaveLength(2);
    });
    expect((await stage.told()).map(({ at, firing }) => [at, firing])).toEqual([
      ["11-20 10:00:00", ["a"]],
      [expect.stringMatching(/^11-20 10:00:3\d$/), ["b"]],
    ]);
  } finally {
    await after.stop();
  }
});
