import { afterEach, beforeEach, expect, test } from "vitest";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { systemCtx, transact } from "@/domain/kernel";
import { judge } from "@/domain/watch/alerts";
import { createRule, type RuleRow, readRules } from "@/domain/watch/rules";
import { follow, type Standing } from "@/domain/watch/rules/decide";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent, alertRows } from "@/testing/watch";
import { metricObservations } from "./judge-minute";
import { metricReader } from "./metric";
import { closedAfterMs } from "./minute-cursor";
import type { Observation } from "./observation";
import { rulesOfKind } from "./rules-of-kind";
import type { Read } from "./ticking-reader";

const minuteMs = 60_000;
const start = Date.parse("2026-03-28T00:00:00.000Z");
let clock: FakeClock;
let ground: TestGround;
beforeEach(async () => {
  clock = fakeClock(new Date(start - 60 * minuteMs));
  ground = await testGround({ clock });
});
afterEach(() => ground.db.close());

const makeRule = (over: Partial<RuleDraft> = {}) =>
  createRule(
    personCtx(ground),
    ruleDraftSchema.parse({
      name: "CPU",
      scope: { kind: "all" },
      condition: { kind: "metric", metric: "cpuPercent", op: "above", value: 90 },
      severity: "warning",
      ...over,
    }),
  );

/** Stores minutes `from`, `from` + 1, … of an agent; null leaves one out. */
async function store(agentId: string, from: number, values: (number | null)[]): Promise<void> {
  const rows = values.flatMap((v, index) =>
    v === null ? [] : [{ t: new Date(start + (from + index) * minuteMs).toISOString(), v }],
  );
  await ground.db.sql`
    insert into metric_minutes (agent_id, at, account_id, cpu_percent, beats)
    select ${agentId}, t, 'acc_main', v, 30
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(t timestamptz, v float8)`;
}

/** One turn of the evaluator, as far as metrics go, after minute `minute` has closed. */
async function turn(minute: number): Promise<{ seen: Observation[]; rows: RuleRow[] }> {
  clock.setWall(new Date(start + (minute + 1) * minuteMs + closedAfterMs));
  const ctx = systemCtx(ground);
  const turned: { seen: Observation[]; rows: RuleRow[] } = { seen: [], rows: [] };
  for (let read: Read | null = metricReader.read; read; ) {
    const look: Read = read;
    read = await transact(ctx, async (unit) => {
      turned.rows = await readRules(ctx, unit.tx);
      const { observations, next } = await look(ctx, unit.tx, turned.rows, clock.now());
      await judge(ctx, unit, turned.rows, observations);
      turned.seen.push(...observations);
      return next;
    });
  }
  return turned;
}
const minuteOf = (at: Date | null | undefined) => (at ? (at.getTime() - start) / minuteMs : null);
const episodes = async (ruleId?: string) =>
  (await alertRows(ground))
    .filter((row) => ruleId === undefined || row.ruleId === ruleId)
    .map((row) => [row.subjectId, minuteOf(row.firedAt), minuteOf(row.resolvedAt)]);

test("fires after whole bad minutes, resolves after whole good ones, and says it in words", async () => {
  await addWatchedAgent(ground, { id: "agt_a", name: "indexer" });
  await makeRule({ forMs: 5 * minuteMs, recoverMs: 2 * minuteMs });
  await store("agt_a", 0, [50, 95.4, 95.4, 95.4, 95.4, 95.4, 96, 40, 40, 40, 40]);
  for (let minute = 0; minute <= 5; minute++) await turn(minute);
  expect(await alertRows(ground)).toMatchObject([
    { state: "firing", value: 95.4, summary: "CPU 95.4 % (above 90 %)", since: new Date(start + minuteMs) },
  ]);
  for (let minute = 6; minute <= 10; minute++) await turn(minute);
  expect(await episodes()).toEqual([["agt_a", 6, 10]]);
});

test("what stays well makes no observation; a minute is judged once, however often and by whomever it is asked for", async () => {
  for (const id of ["agt_a", "agt_b", "agt_c"]) await addWatchedAgent(ground, { id });
  await makeRule();
  await store("agt_a", 0, [99, 99, 20]);
  await store("agt_b", 0, [20, 20, 20]);
  expect((await turn(0)).seen).toMatchObject([{ truth: "bad", agent: { id: "agt_a" } }]);
  expect((await turn(0)).seen).toEqual([]);
  const twice = await Promise.all([turn(1), turn(1)]);
  expect(twice.flatMap(({ seen }) => seen)).toEqual([]);
  expect((await turn(2)).seen).toMatchObject([{ truth: "good", agent: { id: "agt_a" } }]);
  expect(await episodes()).toEqual([["agt_a", 1, 3]]);
});

test("no data for three minutes is what the rule makes of it", async () => {
  await addWatchedAgent(ground, { id: "agt_a" });
  await addWatchedAgent(ground, { id: "agt_b" });
  const rules = {
    alert: (await makeRule({ noData: "alert" })).id,
    ok: (await makeRule({ noData: "ok" })).id,
    keep: (await makeRule({ noData: "keep" })).id,
  };
  const hole = (length: number) => Array.from({ length }, () => null);
  await store("agt_a", 0, [99, ...hole(10), 99, 20]);
  await store("agt_b", 0, [20, ...hole(10), 20, 20]);
  for (let minute = 0; minute <= 13; minute++) await turn(minute);
  expect(await episodes(rules.keep)).toEqual([["agt_a", 1, 13]]);
  expect(await episodes(rules.ok)).toEqual([
    ["agt_a", 1, 4],
    ["agt_a", 12, 13],
  ]);
  expect(await episodes(rules.alert)).toEqual([
    ["agt_a", 1, 13],
    ["agt_b", 4, 12],
  ]);
});

test("after a sleep of ours what is stored counts, and nothing that is missing does", async () => {
  await addWatchedAgent(ground, { id: "agt_a" });
  await addWatchedAgent(ground, { id: "agt_b" });
  await makeRule({ noData: "alert" });
  await store("agt_a", 0, [20, 20, null, null, null, null, null, 99, 20]);
  await store("agt_b", 0, [20, 20, null, null, null, null, null, null, null]);
  for (const minute of [0, 1, 7, 8]) await turn(minute);
  expect(await episodes()).toEqual([["agt_a", 8, 9]]);
  for (const minute of [9, 10]) {
    await store("agt_a", minute, [20]);
    await turn(minute);
  }
  expect(await episodes(), "three minutes of nothing since we see again").toEqual([
    ["agt_a", 8, 9],
    ["agt_b", 11, null],
  ]);
});

test("numbers, disk in per cent, groups and removed agents", async () => {
  await addWatchedAgent(ground, { id: "agt_a", group: "cron" });
  await addWatchedAgent(ground, { id: "agt_b" });
  const metric = "queue.depth/𝟙".slice(0, 11);
  await makeRule({
    condition: { kind: "metric", metric, op: "below", value: -2.5 },
    scope: { kind: "group", group: "CRON" },
  });
  await makeRule({ condition: { kind: "metric", metric: "diskUsedPercent", op: "above", value: 80 } });
  const at = new Date(start).toISOString();
  for (const id of ["agt_a", "agt_b"]) {
    await ground.db.sql`
      insert into metric_numbers (agent_id, at, name, account_id, value, samples)
      values (${id}, ${at}::timestamptz, ${metric}, 'acc_main', -3, 1)`;
    await ground.db.sql`
      insert into metric_minutes (agent_id, at, account_id, disk_used_bytes, disk_total_bytes, beats)
      values (${id}, ${at}::timestamptz, 'acc_main', 9007199254740991, 9007199254740991, 1)`;
  }
  await turn(0);
  const summaries = (await alertRows(ground)).map((row) => [row.subjectId, row.summary]).sort();
  expect(summaries).toEqual([
    ["agt_a", "Disk 100 % (above 80 %)"],
    ["agt_a", "queue.depth -3 (below -2.5)"],
    ["agt_b", "Disk 100 % (above 80 %)"],
  ]);
  await ground.db.sql`update agents set removed_at = now() where id = 'agt_b'`;
  await turn(1);
  expect(await alertRows(ground, "agt_b")).toMatchObject([{ state: "resolved" }]);
});

/** Uneven but the same at each run. */
function pattern(seed: number, length: number): (number | null)[] {
  let state = seed;
  let level = 50;
  return Array.from({ length }, (_, index) => {
    state = (state * 48_271) % 2_147_483_647;
    if (state % 9 === 0) level = 50 + (state % 50);
    if (index % 400 > 390) return null;
    return level;
  });
}

test("over days life and rehearsal see the same episodes", async () => {
  const length = 26 * 60;
  const agents = ["agt_a", "agt_b", "agt_c"];
  const stored = new Map(agents.map((id, index) => [id, pattern(7 + index, length)]));
  for (const id of agents) {
    await addWatchedAgent(ground, { id });
    await store(id, 0, stored.get(id) ?? []);
  }
  await makeRule({ forMs: 5 * minuteMs, recoverMs: 3 * minuteMs, noData: "alert" });
  await makeRule({ noData: "ok", flap: { changes: 4, windowMs: 20 * minuteMs } });
  await makeRule({ forMs: 2 * minuteMs, noData: "keep", flap: null });
  let rows: RuleRow[] = [];
  // The first of its turns only marks where it begins; now and then it comes two minutes late, after a fail-over.
  for (let minute = -1; minute < length; minute++) if (minute % 97 > 1) ({ rows } = await turn(minute));
  let found = 0;
  for (const rule of rulesOfKind(rows, "metric")) {
    const expected: (string | number | null)[][] = [];
    for (const id of agents) {
      const agent = { id, name: id, group: null, host: null, tags: [], status: "online" as const };
      const minutes = (stored.get(id) ?? []).map((value, index) => ({
        at: new Date(start + index * minuteMs),
        value,
      }));
      const span = { from: new Date(start + 2 * minuteMs), to: new Date(start + length * minuteMs) };
      let standing: Standing | null = null;
      let fired: number | null = null;
      for (const seen of metricObservations(rule, { agent, minutes }, span)) {
        for (const step of follow(rule.draft, standing, seen, seen.at)) {
          standing = step.next;
          if (step.act === "fire") fired = minuteOf(step.at);
          if (step.act === "resolve") {
            expected.push([id, fired, minuteOf(step.at)]);
            fired = null;
          }
        }
      }
      if (fired !== null) expected.push([id, fired, null]);
    }
    const sorted = (list: (string | number | null)[][]) => list.map((one) => JSON.stringify(one)).sort();
    expect(sorted(await episodes(rule.id))).toEqual(sorted(expected));
    found += expected.length;
  }
  expect(found).toBeGreaterThan(60);
}, 120_000);
