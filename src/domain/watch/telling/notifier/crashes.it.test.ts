import { eq } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { notificationAlerts, notifications } from "@/db/schema";
import { systemCtx } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { fakeClock } from "@/testing/clock";
import { branch, policyOf, TellingStage } from "@/testing/telling";
import { notifyCursorSeq, tellFrom, tellWhatIsDue } from ".";
import { takeFacts } from "./take-facts";

const channelIds = ["ops", "dba"];
const policies = [
  policyOf({ waitMs: 0, intervalMs: 30_000, repeatMs: 1_800_000 }),
  policyOf({
    routes: [branch({ id: "db", channelIds: ["dba"], waitMs: 0, continue: true }), branch({ id: "rest" })],
  }),
  policyOf(
    { channelIds: ["ops"], groupBy: ["host"], escalation: [{ afterMs: 60_000, channelIds: ["dba"] }] },
    [
      {
        id: "host",
        name: "host",
        source: [{ label: "kind", op: "=", value: "host-down" }],
        target: [{ label: "kind", op: "=", value: "offline" }],
        equal: ["host"],
        enabled: true,
      },
    ],
  ),
];

/** What the world and the machine do, in any order. The last ones are unlucky moments that chance alone finds rarely. */
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("fire" as const),
      host: fc.constantFrom("h1", "h2"),
      down: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("resolve" as const), which: fc.nat(6) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant("wait" as const),
      ms: fc.constantFrom(31_000, 301_000, 1_900_000),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom("turn" as const, "two at once" as const, "crash" as const, "restart" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("deliver" as const),
      dead: fc.boolean(),
      channelId: fc.constantFrom(...channelIds),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant("policy" as const), which: fc.nat(policies.length - 1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom("fire and two at once" as const, "given up after the end" as const),
      channelId: fc.constantFrom(...channelIds),
    }),
  },
);

class Crash extends Error {}

/** A notifier that dies in the middle of a transaction: at the statement that moves the cursor, or that ends it. */
async function dieWithin(stage: TellingStage): Promise<void> {
  const { orm } = stage.ground.db;
  const dying = {
    ...stage.ground,
    db: {
      ...stage.ground.db,
      orm: new Proxy(orm, {
        get(target, name) {
          if (name !== "transaction") return Reflect.get(target, name);
          return (work: Parameters<typeof orm.transaction>[0]) =>
            target.transaction(async (tx) => {
              await work(tx);
              throw new Crash();
            });
        },
      }),
    },
  };
  await tellFrom(dying, await notifyCursorSeq(stage.ground)).catch(onlyCrash);
  await tellWhatIsDue(dying).catch(onlyCrash);
}
async function twoAtOnce({ ground }: TellingStage): Promise<void> {
  while ((await stampFacts(ground)).length > 0);
  const seq = await notifyCursorSeq(ground);
  await Promise.all(
    [ground, ground].map(async (one) => {
      await tellFrom(one, seq);
      await tellWhatIsDue(one);
    }),
  );
}

const onlyCrash = (error: unknown) => {
  if (!(error instanceof Crash)) throw error;
};

test("whatever crashes and however often: no end without its beginning, nothing told twice, nothing lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 10, maxLength: 40 }),
      fc.nat(policies.length - 1),
      async (acts, first) => {
        const clock = fakeClock("2026-11-20T10:00:00Z");
        const stage = await TellingStage.open(clock, policies[first], channelIds);
        try {
          const firing = new Set<string>();
          let count = 0;
          await stage.turn();
          for (const one of acts) {
            if (one.does === "fire") {
              const id = `a${count++}`;
              firing.add(id);
              await stage.fire({ id, host: one.host, kind: one.down ? "host-down" : "offline", group: "db" });
            } else if (one.does === "resolve") {
              const id = [...firing][one.which];
              if (id && firing.delete(id)) await stage.resolve(id);
            } else if (one.does === "wait") clock.setWall(new Date(clock.nowMs() + one.ms));
            else if (one.does === "turn") await stage.turn();
            else if (one.does === "restart") await stage.restart();
            else if (one.does === "crash") await dieWithin(stage);
            else if (one.does === "two at once") await twoAtOnce(stage);
            else if (one.does === "fire and two at once") {
              const id = `a${count++}`;
              firing.add(id);
              await stage.fire({ id, host: "h1", group: "db" });
              await twoAtOnce(stage);
              clock.setWall(new Date(clock.nowMs() + 31_000));
              await twoAtOnce(stage);
            } else if (one.does === "given up after the end") {
              const id = `a${count++}`;
              await stage.fire({ id, host: "h2", group: "db" });
              for (const ms of [0, 301_000]) {
                clock.setWall(new Date(clock.nowMs() + ms));
                await stage.turn();
              }
              await stage.resolve(id);
              for (const ms of [0, 301_000]) {
                clock.setWall(new Date(clock.nowMs() + ms));
                await stage.turn();
              }
              await stage.deliver("dead", one.channelId);
            } else if (one.does === "deliver") {
              await stage.deliver(one.dead ? "dead" : "delivered", one.channelId);
            } else if (one.does === "policy") await stage.setPolicy(policies[one.which] ?? policyOf());
          }
          // At the end all is well with the machine: whatever still fires is told.
          await stage.restart();
          const still = [...firing];
          await stage.pass(400_000);
          for (const id of still) {
            const heard = (await rowsOf(stage)).filter((row) => row.alertId === id && row.as === "firing");
            const muted = (await stage.steps(id)).some((step) => step.startsWith("inhibit held"));
            if (!muted) expect(heard.length, `${id} was lost`).toBeGreaterThan(0);
          }
          if (still.length > 0) await stage.resolve(...still);
          await stage.pass(1_000_000);
          const all = await rowsOf(stage);
          const begun = new Map<string, number>();
          for (const row of all) {
            const pair = `${row.alertId} ${row.channelId}`;
            if (row.as === "firing") {
              expect(begun.has(pair), `${pair} was told twice`).toBe(false);
              begun.set(pair, row.createdAt.getTime());
            }
            if (row.as === "resolved") {
              expect(begun.get(pair), `${pair} ended without a beginning`).toBeLessThanOrEqual(
                row.createdAt.getTime(),
              );
              expect(begunDead(all, pair), `${pair} ended although its beginning was given up`).toBe(false);
            }
          }
          for (const [pair] of begun) {
            const ended = all.some(
              (row) => `${row.alertId} ${row.channelId}` === pair && row.as === "resolved",
            );
            expect(ended || begunDead(all, pair), `the end of ${pair} was lost`).toBe(true);
          }
          const [empty] = await stage.ground.db.sql`
            select id from notifications where id not in (select notification_id from notification_alerts)`;
          expect(empty, "a message that tells nothing").toBeUndefined();
          const open = await stage.ground.db.sql`select id from alert_groups where closed_at is null`;
          expect(open).toEqual([]);
        } finally {
          await stage.close();
        }
      },
    ),
    { numRuns: 12, endOnFailure: true, interruptAfterTimeLimit: 60_000 },
  );
}, 240_000);

test("a batch that was taken by another is skipped", async () => {
  const clock = fakeClock("2026-11-20T10:00:00Z");
  const stage = await TellingStage.open(clock, policies[0], channelIds);
  try {
    await stage.fire({ id: "a" });
    await stage.turn();
    const facts = await stage.facts();
    await takeFacts(systemCtx(stage.ground), facts);
    expect(await stage.told()).toHaveLength(2);
    expect(await notifyCursorSeq(stage.ground)).toBe(facts.at(-1)?.seq);
  } finally {
    await stage.close();
  }
});

async function rowsOf({ ground }: TellingStage) {
  return ground.db.orm
    .select({
      alertId: notificationAlerts.alertId,
      channelId: notificationAlerts.channelId,
      as: notificationAlerts.as,
      state: notifications.state,
      createdAt: notifications.createdAt,
    })
    .from(notificationAlerts)
    .innerJoin(notifications, eq(notifications.id, notificationAlerts.notificationId))
    .orderBy(notifications.createdAt, notifications.id);
}

/** Whether the message that told the beginning was given up. */
function begunDead(rows: Awaited<ReturnType<typeof rowsOf>>, pair: string): boolean {
  return rows.some(
    (row) => `${row.alertId} ${row.channelId}` === pair && row.as === "firing" && row.state === "dead",
  );
}
