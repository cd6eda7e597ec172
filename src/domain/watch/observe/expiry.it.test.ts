import { afterEach, beforeEach, expect, test } from "vitest";
import type { Condition } from "@/contracts/watch/condition";
import { ruleDraftSchema } from "@/contracts/watch/rule";
import { createAgent } from "@/domain/fleet/agents";
import { issueCertificate, revokeCertificate } from "@/domain/fleet/certificates";
import { systemCtx, transact } from "@/domain/kernel";
import { createToken } from "@/domain/people/tokens";
import { judge } from "@/domain/watch/alerts";
import { createRule, readRules } from "@/domain/watch/rules";
import { writeTurn } from "@/domain/watch/turns";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { alertRows } from "@/testing/watch";
import { expiryReader } from "./expiry";
import { selfReader } from "./self";

const dayMs = 86_400_000;
const start = Date.parse("2026-11-21T10:00:00.000Z");
let clock: FakeClock;
let ground: TestGround;
beforeEach(async () => {
  clock = fakeClock(new Date(start));
  ground = await testGround({ clock });
});
afterEach(() => ground.db.close());

const makeRule = (condition: Condition) =>
  createRule(
    personCtx(ground),
    ruleDraftSchema.parse({ name: "Own", scope: { kind: "all" }, condition, severity: "warning" }),
  );
const expiryRule = (of: Extract<Condition, { kind: "expiry" }>["of"]) =>
  makeRule({ kind: "expiry", of, withinMs: 14 * dayMs });

const turn = (day: number, reader = expiryReader) => {
  clock.setWall(new Date(start + day * dayMs));
  return transact(systemCtx(ground), async (unit) => {
    const rows = await readRules(systemCtx(ground), unit.tx);
    const { observations } = await reader.read(systemCtx(ground), unit.tx, rows, clock.now());
    await judge(systemCtx(ground), unit, rows, observations);
    return observations;
  });
};
const alerts = async () =>
  (await alertRows(ground)).map((row) => [row.subjectKind, row.subjectName, row.state, row.resolution]);

test("a certificate that ends soon, is renewed, ends again, and is revoked", async () => {
  const ctx = systemCtx(ground);
  const { id } = await createAgent(ctx, { name: "indexer", group: "Search" });
  await issueCertificate(ctx, id, { days: 30 });
  await expiryRule(["certificate"]);
  expect(await turn(0)).toEqual([]);
  await turn(17);
  expect(await alertRows(ground)).toMatchObject([
    {
      state: "firing",
      subjectKind: "certificate",
      agentId: id,
      group: "Search",
      summary: expect.stringMatching(/^Certificate of indexer ends in 13 d/),
    },
  ]);
  const { serial } = await issueCertificate(ctx, id, { days: 30 });
  await turn(17.1);
  expect(await alerts()).toMatchObject([
    ["certificate", "Certificate of indexer", "resolved", expect.stringContaining("newer certificate")],
  ]);
  await turn(40);
  expect((await alerts()).map(([, , state]) => state)).toEqual(["resolved", "firing"]);
  await revokeCertificate(ctx, id, serial);
  await turn(40.1);
  expect((await alerts()).map(([, , state]) => state)).toEqual(["resolved", "resolved"]);
});

test("tokens, the old secret of a rotated key, and what ended long ago", async () => {
  const ctx = personCtx(ground);
  await ground.db.sql`
    insert into users (id, account_id, email, name, role, created_at)
    values ('usr_admin', 'acc_main', 'a@example.com', 'Admin', 'admin', now())`;
  await createToken(ctx, { name: "deploy", role: "viewer", expiresInDays: 20 });
  const { id } = await createAgent(ctx, { name: "indexer" });
  await ground.db.sql`
    update agent_keys set previous_hash = 'old', previous_prefix = 'mca_old',
      previous_ends_at = ${new Date(start + 5 * dayMs).toISOString()}::timestamptz where agent_id = ${id}`;
  await ground.db.sql`
    insert into join_tokens (id, account_id, prefix, hash, uses_left, created_at, expires_at)
    select 'jt_' || n, 'acc_main', 'mcj_' || n, 'hash' || n, n, now(),
      ${new Date(start + 10 * dayMs).toISOString()}::timestamptz from generate_series(0, 1) n`;
  await expiryRule(["api-token", "agent-key", "join-token"]);
  await turn(1);
  expect((await alerts()).map(([, name]) => name).sort()).toEqual(["Join token mcj_1", "Old key of indexer"]);
  await ground.db.sql`update agent_keys set previous_hash = null where agent_id = ${id}`;
  await turn(7);
  expect((await alerts()).map(([, name, state]) => `${name} ${state}`).sort()).toEqual([
    "API token deploy firing",
    "Join token mcj_1 firing",
    "Old key of indexer resolved",
  ]);
  await turn(12);
  expect(await alerts()).toContainEqual(["join-token", "Join token mcj_1", "firing", null]);
  await turn(18);
  const ended = (await alerts()).find(([, name]) => name === "Join token mcj_1");
  expect(ended).toMatchObject([
    "join-token",
    "Join token mcj_1",
    "resolved",
    expect.stringMatching(/nobody/),
  ]);
  expect(await turn(60)).toMatchObject([{ subject: { kind: "api-token" }, truth: "good" }]);
  expect(await turn(61)).toEqual([]);
});

test("Mission Control's own health: lags, the outbox, the loop of any instance, the disk", async () => {
  const check = (name: Extract<Condition, { kind: "self" }>["check"], value: number) =>
    makeRule({ kind: "self", check: name, value });
  await check("evaluation-lag", 5_000);
  await check("event-loop-lag", 200);
  await check("disk", 90);
  await check("outbox", 10);
  expect(await turn(0, selfReader), "nothing is known yet").toEqual([]);
  // A process that has just begun may find what another one left.
  await clock.advance(30_000);
  await writeTurn(ground.db, "evaluate", clock.now(), { lagMs: 7_000, backlog: 0 });
  await writeTurn(ground.db, "loop:ins_1", clock.now(), { lagMs: 3, backlog: 0 });
  await writeTurn(ground.db, "loop:ins_2", clock.now(), { lagMs: 250, backlog: 0 });
  await writeTurn(ground.db, "disk:ins_1", clock.now(), { lagMs: 95.04, backlog: 0 });
  await turn(0, selfReader);
  expect((await alertRows(ground)).map((row) => row.summary).sort()).toEqual([
    "Disk of the data folder is 95 % full",
    "Evaluation of rules is 7000 ms behind",
    "Event loop comes 250 ms late",
  ]);
  await writeTurn(ground.db, "evaluate", clock.now(), { lagMs: 10, backlog: 0 });
  await writeTurn(ground.db, "loop:ins_2", clock.now(), { lagMs: 2, backlog: 0 });
  await turn(0, selfReader);
  const open = (await alertRows(ground)).filter((row) => row.state === "firing");
  expect(open.map((row) => row.subjectId)).toEqual(["disk"]);
});
