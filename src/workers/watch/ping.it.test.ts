import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ruleDraftSchema } from "@/contracts/watch/rule";
import { changeDeadMan, showDeadMan, testDeadMan, watchHealth } from "@/domain/watch/dead-man";
import { createRule } from "@/domain/watch/rules";
import { keepTurns, watchLags, writeTurn } from "@/domain/watch/turns";
import { createOut, type Out } from "@/platform/out";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { startDeadManPing } from "./ping";

const limits = { evaluationMs: 60_000, deliveryMs: 60_000 };
let clock: FakeClock;
let ground: TestGround;
let out: Out;
let service: Server;
let url: string;
let status: number;
const taken: string[] = [];

beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00.000Z");
  ground = await testGround({ clock });
  out = createOut({ allow: ["127.0.0.1"], clock, log: ground.log });
  status = 200;
  taken.length = 0;
  service = createServer((request, response) => {
    taken.push(`${request.method} ${request.url}`);
    response.writeHead(status, { location: "/elsewhere" }).end(status === 200 ? "OK" : "go \u0000away");
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const address = service.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/ping/secret-of-theirs`;
});
afterEach(async () => {
  out.close();
  await new Promise((resolve) => service.close(resolve));
  await ground.db.close();
});

const admin = () => personCtx(ground);
/** A whole turn of these loops, as they leave it. */
const turned = async (...names: string[]) => {
  for (const name of names) await writeTurn(ground.db, name, clock.now(), { lagMs: 5, backlog: 0 });
};

test("the ping goes out once a period while both turn, ends when one is stuck, and goes on when it is back", async () => {
  await changeDeadMan(admin(), out, { url });
  const worker = startDeadManPing(ground, out, limits);
  const pass = async (seconds: number, ...names: string[]) => {
    for (let second = 0; second < seconds; second++) {
      await turned(...names);
      await clock.advance(1_000);
    }
  };
  await pass(5, "evaluate");
  expect(taken, "no turn of delivery was made yet").toEqual([]);
  expect((await showDeadMan(admin(), limits)).held).toMatch(/delivery/);
  const beganMs = clock.nowMs();
  await eventually(
    async () => {
      await pass(1, "evaluate", "deliver");
      return taken.length >= 3;
    },
    { timeoutMs: 30_000 },
  );
  expect(clock.nowMs() - beganMs, "three pings, two periods").toBeGreaterThanOrEqual(120_000);
  expect(taken).toEqual(Array.from({ length: 3 }, () => "GET /ping/secret-of-theirs"));
  await pass(70, "deliver");
  const before = taken.length;
  await pass(180, "deliver");
  expect(taken.length, "evaluation is stuck").toBe(before);
  expect(await watchHealth(admin(), limits)).toMatchObject({
    faults: [expect.stringMatching(/^Rules are evaluated 4 min/)],
    deadMan: { enabled: true, held: expect.stringMatching(/evaluated/) },
  });
  await pass(3, "evaluate", "deliver");
  await eventually(() => taken.length === before + 1);
  expect((await watchHealth(admin(), limits)).faults).toEqual([]);
  await worker.stop();
}, 60_000);

test("a clock that is set back keeps no ping back: the service outside would call us dead", async () => {
  await changeDeadMan(admin(), out, { url });
  const worker = startDeadManPing(ground, out, limits);
  const turn = async () => {
    await turned("evaluate", "deliver");
    await clock.advance(1_000);
  };
  await eventually(async () => {
    await turn();
    return taken.length === 1;
  });
  clock.setWall(new Date(clock.nowMs() - 600_000));
  await clock.advance(3_000);
  expect(taken, "nobody turned since").toHaveLength(1);
  const setBackMs = clock.nowMs();
  await eventually(async () => {
    await turn();
    return taken.length === 2;
  });
  expect(clock.nowMs() - setBackMs, "not only when the clock has come back").toBeLessThan(300_000);
  for (let second = 0; second < 10; second++) await turn();
  expect(taken, "and then once a period again").toHaveLength(2);
  await worker.stop();
}, 60_000);

test("what comes back is kept and shown, an error is tried again sooner, a redirect is not followed", async () => {
  await changeDeadMan(admin(), out, { url });
  status = 302;
  const worker = startDeadManPing(ground, out, limits);
  for (let second = 0; second < 13; second++) {
    await turned("evaluate", "deliver");
    await clock.advance(1_000);
    await eventually(async () => (await showDeadMan(admin())).last !== null || second === 0);
  }
  await eventually(() => taken.length === 2);
  expect(taken.every((line) => line.endsWith("secret-of-theirs"))).toBe(true);
  await worker.stop();
  expect((await showDeadMan(admin())).last).toMatchObject({ ok: false, status: 302, answer: "go away" });
  expect((await watchHealth(admin(), limits)).faults).toEqual([
    "The dead-man ping is not taken by its service.",
  ]);
});

test("the address is sealed, masked in answers and facts, tested on demand, and guarded", async () => {
  const shown = await changeDeadMan(admin(), out, { url, periodMs: 30_000 });
  expect(shown).toMatchObject({
    enabled: true,
    periodMs: 30_000,
    target: expect.stringMatching(/^http:\/\/127.*…/),
  });
  expect(await testDeadMan(admin(), out)).toMatchObject({ ok: true, status: 200, answer: "OK" });
  const closed = createOut({ allow: [], clock, log: ground.log });
  expect(await testDeadMan(admin(), closed)).toMatchObject({
    ok: false,
    status: 0,
    answer: expect.stringContaining("private network"),
  });
  await expect(changeDeadMan(admin(), closed, { url })).rejects.toMatchObject({
    code: "invalid",
    details: { fields: [{ path: "url", message: expect.stringContaining("MC_OUTBOUND_ALLOW") }] },
  });
  closed.close();
  const stored = await ground.db
    .sql`select value::text from settings union all select after::text from facts_pending`;
  expect(JSON.stringify([stored, shown])).not.toContain("secret-of");
  await expect(changeDeadMan(personCtx(ground, "operator"), out, { enabled: false })).rejects.toThrow(
    /admin/,
  );
  expect(await changeDeadMan(admin(), out, { url: null })).toMatchObject({ enabled: false, target: null });
  await expect(changeDeadMan(admin(), out, { enabled: true })).rejects.toThrow(/address/);
  await expect(testDeadMan(admin(), out)).rejects.toThrow(/No address/);
  const facts = await ground.db.sql`select kind from facts_pending where kind = 'setting.changed'`;
  expect(facts).toHaveLength(2);
});

test("a loop that turns no more falls behind, one that is in a hurry writes once a second, and so do minutes", async () => {
  const keep = keepTurns(ground, "evaluate");
  for (let count = 0; count < 100; count++) await keep({ lagMs: count, backlog: count });
  const lags = async () => watchLags(ground.db.sql, clock.now());
  expect((await lags()).evaluation).toEqual({ lagMs: 0, at: "2026-11-21T10:00:00.000Z" });
  await clock.advance(2_500);
  expect((await lags()).evaluation.lagMs).toBe(0);
  await clock.advance(60_000);
  expect((await lags()).evaluation.lagMs).toBe(62_500);
  await keep({ lagMs: 7, backlog: 0 });
  expect((await lags()).evaluation.lagMs).toBe(7);
  await createRule(
    admin(),
    ruleDraftSchema.parse({
      name: "CPU",
      scope: { kind: "all" },
      condition: { kind: "metric", metric: "cpuPercent", op: "above", value: 90 },
      severity: "info",
    }),
  );
  const through = clock.nowMs() - 10 * 60_000;
  await ground.db.sql`insert into cursors (name, seq) values ('metric-minutes:acc_main', ${through})`;
  expect((await lags()).evaluation.lagMs).toBe(10 * 60_000 - 135_000);
});
