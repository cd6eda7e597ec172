import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemCtx, transact } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { findFacts, verifyChain } from ".";

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
  await addFacts(20);
});
afterAll(() => ground.db.close());

async function addFacts(count: number) {
  await transact(systemCtx(ground), async (unit) => {
    for (let at = 0; at < count; at++) {
      const kind = at % 4 === 0 ? ("security.login_failed" as const) : ("agent.changed" as const);
      unit.record({
        kind,
        target: { kind: "agent", id: `agt_${at}`, name: `100%_agent ${at}` },
        reason: at === 3 ? "because" : null,
        after: { name: `é "quoted" ${at}`, nested: { b: 1, a: [1.5, null] } },
      });
    }
  });
  await stampFacts(ground);
}

/** As someone with the server's own rights, past the triggers. */
async function tamper(statement: string) {
  const sql = postgres(ground.db.url, { max: 1 });
  await sql.unsafe(`set session_replication_role = replica; ${statement}`);
  await sql.end();
}

test("an untouched chain holds, from the start and from the middle", async () => {
  expect(await verifyChain(ground.db)).toEqual({ ok: true, rows: 20 });
  expect(await verifyChain(ground.db, { from: 11 })).toEqual({ ok: true, rows: 10 });
});

test.each(["update facts set reason = 'x'", "delete from facts", "truncate facts"])(
  "the database itself refuses: %s",
  async (statement) => {
    await expect(ground.db.sql.unsafe(statement)).rejects.toThrow("insert-only");
  },
);

test("facts are found by kind, beginning, target, text and page", async () => {
  const ctx = personCtx(ground, "admin");
  const first = await findFacts(ctx, { limit: 3, kind: "security." });
  expect(first.items.map((fact) => fact.seq)).toEqual([17, 13, 9]);
  const rest = await findFacts(ctx, { limit: 3, kind: "security.", cursor: first.nextCursor ?? "" });
  expect(rest.items.map((fact) => fact.seq)).toEqual([5, 1]);
  expect(rest.nextCursor).toBeNull();
  expect((await findFacts(ctx, { limit: 5, target: "agt_3" })).items.map((fact) => fact.seq)).toEqual([4]);
  expect((await findFacts(ctx, { limit: 50, q: "100%_" })).items).toHaveLength(20);
  expect((await findFacts(ctx, { limit: 50, q: "%" })).items).toHaveLength(20);
  expect((await findFacts(ctx, { limit: 50, q: "BECAUSE" })).items).toHaveLength(1);
  expect((await findFacts(ctx, { limit: 50, to: "2020-01-01T00:00:00Z" })).items).toHaveLength(0);
  await expect(findFacts(ctx, { limit: 50, cursor: "1;drop" })).rejects.toMatchObject({ code: "invalid" });
  await expect(findFacts(personCtx(ground, "operator"), { limit: 1 })).rejects.toMatchObject({
    code: "forbidden",
  });
});

let saved: string;
beforeEach(async () => {
  saved ??= await save();
});
async function save() {
  await tamper("create table kept as select * from facts");
  return "kept";
}
const restore = () => tamper(`delete from facts; insert into facts select * from ${saved}`);

test.each([
  ["a changed row", "update facts set reason = 'changed' where seq = 7", 7, "changed after"],
  ["a removed row", "delete from facts where seq = 7", 7, "missing"],
  ["removed rows at the end", "delete from facts where seq > 15", 16, "end are missing"],
  [
    "a row that was hashed anew",
    "update facts set hash = repeat('a', 64) where seq = 20",
    20,
    "does not fit",
  ],
])("%s is found", async (_, statement, firstBrokenSeq, why) => {
  await tamper(statement);
  const report = await verifyChain(ground.db);
  expect(report).toMatchObject({ ok: false, firstBrokenSeq });
  expect(report.why).toContain(why);
  await restore();
  expect((await verifyChain(ground.db)).ok).toBe(true);
});
