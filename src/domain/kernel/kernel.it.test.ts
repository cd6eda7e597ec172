import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fact } from "@/contracts/facts";
import type { Topics } from "@/contracts/signals";
import { memoryBus } from "@/platform/bus";
import { systemClock } from "@/platform/clock";
import { sealer } from "@/platform/crypto";
import { systemIds } from "@/platform/ids";
import { createLog } from "@/platform/log";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { hashFact } from "./chain";
import { type Ctx, systemCtx } from "./ctx";
import { followFacts } from "./follow-facts";
import { readFacts } from "./read-facts";
import { stampFacts } from "./stamp-facts";
import { transact } from "./transact";

let db: TestDatabase;
let ctx: Ctx;

beforeAll(async () => {
  db = await testDatabase();
  ctx = systemCtx({
    db,
    bus: memoryBus<Topics>(),
    clock: systemClock,
    ids: systemIds,
    log: createLog("silent"),
    sealer: sealer(Buffer.alloc(32, 7)),
  });
});
afterAll(() => db.close());

const group = (id: string) => ({ kind: "group" as const, id, name: `Grüppe "${id}" 😀` });

test("a unit that fails leaves neither rows nor facts", async () => {
  await expect(
    transact(ctx, async ({ record }) => {
      record({ kind: "group.created", target: group("lost") });
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await stampFacts(ctx)).toEqual([]);
});

test("facts that the database refuses take their unit's rows with them", async () => {
  const lost = transact(ctx, async ({ tx, record }) => {
    await tx.execute(sql`insert into cursors (name, seq) values ('lost', 1)`);
    record({ kind: "group.created", target: group("lost"), reason: "no text: \u0000" });
  });
  await expect(lost).rejects.toThrow();
  expect(await db.sql`select 1 from cursors where name = 'lost'`).toEqual([]);
  expect(await stampFacts(ctx)).toEqual([]);
});

test("two stampers at once make one chain without gap, and stored facts hash to what they say", async () => {
  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      transact(ctx, async ({ record }) => {
        record({
          kind: "group.created",
          target: group(`g${index}`),
          after: { nested: { z: 1.5, a: [1, null, "x"] } },
          data: { big: 2 ** 40 },
        });
      }),
    ),
  );
  await Promise.all([stampFacts(ctx), stampFacts(ctx), stampFacts(ctx)]);
  await stampFacts(ctx);
  const facts = await readFacts(db, 0, 1_000);
  expect(facts).toHaveLength(60);
  facts.forEach((fact, index) => {
    expect(fact.seq).toBe(index + 1);
    expect(fact.hash).toBe(hashFact(fact));
    if (index > 0) expect(fact.prevHash).toBe(facts[index - 1]?.hash);
  });
});

test("the database itself refuses to change, delete or truncate facts", async () => {
  await expect(db.sql`update facts set reason = 'x'`).rejects.toThrow("insert-only");
  await expect(db.sql`delete from facts`).rejects.toThrow("insert-only");
  await expect(db.sql`truncate facts`).rejects.toThrow("insert-only");
  await expect(db.sql`truncate facts_default`).rejects.toThrow("insert-only");
});

test("a follower gets every fact once and in order although bus messages are lost and repeated", async () => {
  const seen: number[] = [];
  const before = (await readFacts(db, 0, 1_000)).length;
  const stop = followFacts(ctx, before, (facts) => seen.push(...facts.map((fact) => fact.seq)));
  const write = () =>
    transact(ctx, async ({ record }) => record({ kind: "group.created", target: group("f") }));
  const batches: Fact[][] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    await write();
    batches.push(await stampFacts(ctx));
  }
  for (const index of [0, 0, 2, 1, 5, 3]) ctx.bus.publish("facts", batches[index] ?? []);
  await eventually(() => seen.length === 6);
  expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((step) => before + step));
  stop();
});
