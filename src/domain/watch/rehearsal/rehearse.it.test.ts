import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { logLevels } from "@/contracts/fleet/log-line";
import type { Condition } from "@/contracts/watch/condition";
import { type Rule, type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { mainAccount, readFacts, systemCtx } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { evaluateDue, evaluateFacts, evaluateReader, rulesCursorSeq } from "@/domain/watch/alerts";
import { RuleLineWatch } from "@/domain/watch/observe/line-watch";
import { logReader } from "@/domain/watch/observe/log";
import { closedAfterMs, metricReader } from "@/domain/watch/observe/metric";
import { createRule, draftOf } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { agents, Fleet } from "@/testing/lived-fleet";
import { addWatchedAgent, alertRows } from "@/testing/watch";
import { rehearse } from ".";

const minuteMs = 60_000;
const start = Date.parse("2026-03-28T20:00:00.000Z");
let ground: TestGround;
let clock: FakeClock;
afterEach(() => ground.db.close());

async function begin(): Promise<void> {
  clock = fakeClock(new Date(start));
  ground = await testGround({ clock });
}

const admin = () => personCtx(ground);
const makeRule = (condition: Condition, over: Partial<RuleDraft> = {}) =>
  createRule(
    admin(),
    ruleDraftSchema.parse({
      ...{ name: condition.kind, scope: { kind: "all" }, condition, severity: "warning", ...over },
    }),
  );

/** What life wrote, and what the rehearsal of the same rule says, side by side. */
async function sideBySide(rule: Rule) {
  const inLife = (await alertRows(ground))
    .filter((row) => row.ruleId === rule.id)
    .map((row) => ({
      subject: `${row.subjectKind}:${row.subjectId}`,
      since: row.since.toISOString(),
      firedAt: row.firedAt.toISOString(),
      resolvedAt: row.resolvedAt?.toISOString() ?? null,
      ...{ value: row.value, summary: row.summary, resolution: row.resolution },
    }));
  const rehearsal = await rehearse(admin(), { rule: draftOf(rule), days: 7, ruleId: rule.id });
  const rehearsed = rehearsal.episodes.map(({ subject, ...rest }) => ({
    ...rest,
    subject: `${subject.kind}:${subject.id}`,
  }));
  const inOrder = (list: typeof inLife) =>
    [...list].sort((one, other) =>
      `${one.firedAt}${one.subject}`.localeCompare(`${other.firedAt}${other.subject}`),
    );
  return { inLife: inOrder(inLife), rehearsed: inOrder(rehearsed), rehearsal };
}

/** A turn of the evaluator: facts, what readers see, what is due. */
async function turn(): Promise<void> {
  for (;;) {
    while ((await stampFacts(ground)).length > 0);
    const facts = await readFacts(ground.db, await rulesCursorSeq(ground), 1_000);
    if (facts.length === 0) break;
    await evaluateFacts(systemCtx(ground), facts);
  }
  await evaluateReader(ground, logReader);
  await evaluateDue(ground);
}

const happenings = [
  "falls",
  "falls",
  "comes back",
  "comes back",
  "stops",
  "crashes",
  "crashes",
  "restarts",
  "fails",
  "fails",
  "succeeds",
  "is stuck",
  "goes on",
  "drifts",
  "settles",
  "logs",
  "logs",
  "blind",
] as const;
const happening = fc.record({
  afterMs: fc.oneof(fc.integer({ min: 500, max: 30_000 }), fc.integer({ min: 500, max: 12 * minuteMs })),
  what: fc.constantFrom(...happenings),
  who: fc.subarray([...agents], { minLength: 1 }),
  some: fc.integer({ min: 1, max: 4 }),
});
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

async function happen(fleet: Fleet, { afterMs, what, who, some }: Happening): Promise<void> {
  const before = clock.nowMs();
  clock.setWall(new Date(before + afterMs));
  if (what === "blind") return fleet.blind(before);
  for (const id of who) {
    if (what === "falls") await fleet.say(id, "offline", "agent.went_offline");
    else if (what === "comes back") await fleet.say(id, "online", "agent.came_online");
    else if (what === "stops") await fleet.say(id, "stopped", "agent.stopped");
    else if (what === "crashes") await fleet.say(id, "online", "agent.crashed", { reason: "it crashed: 1" });
    else if (what === "restarts")
      await fleet.say(id, "online", "agent.connected", { data: { previousSessionId: "ses_before" } });
    else if (what === "fails") await fleet.command(id, some > 2 ? "expired" : "failed");
    else if (what === "succeeds") await fleet.command(id, "succeeded");
    else if (what === "is stuck")
      await fleet.say(id, "online", "agent.got_stuck", { after: { activity: "stuck", task: "x" } });
    else if (what === "goes on")
      await fleet.say(id, "online", "agent.got_unstuck", { after: { activity: "working" } });
    else if (what === "drifts") await fleet.say(id, "online", "agent.config_drifted", { reason: "other" });
    else if (what === "settles") await fleet.say(id, "online", "agent.config_settled");
    else
      await fleet.log(
        id,
        logLevels[some - 1] ?? "info",
        ["Kelvin FAILED_100%", "nothing", "failed_100% again"].slice(0, some),
      );
  }
}

test("over random histories a rehearsal says what life did: the same episodes, times, numbers and words", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 30, maxLength: 60 }), async (story) => {
      await begin();
      try {
        const watch = new RuleLineWatch(ground);
        const rules = [
          await makeRule({ kind: "offline" }),
          await makeRule(
            { kind: "offline" },
            { forMs: 3 * minuteMs, recoverMs: 2 * minuteMs, scope: { kind: "group", group: "FRONT" } },
          ),
          await makeRule({ kind: "offline" }, { flap: { changes: 3, windowMs: 20 * minuteMs } }),
          await makeRule(
            { kind: "no-heartbeat", afterMs: 4 * minuteMs },
            { except: [{ kind: "agents", agentIds: ["agt_b"] }] },
          ),
          await makeRule({ kind: "stuck", afterMs: 5 * minuteMs }),
          await makeRule({ kind: "restart-loop", count: 2, windowMs: 15 * minuteMs }),
          await makeRule(
            { kind: "command-failed", kinds: [], count: 2, windowMs: 20 * minuteMs },
            { recoverMs: minuteMs },
          ),
          await makeRule({ kind: "config-drift", afterMs: 2 * minuteMs }),
          await makeRule({
            kind: "log",
            level: "warn",
            pattern: "failed_100%",
            regex: false,
            count: 2,
            windowMs: 10 * minuteMs,
          }),
          await makeRule({
            kind: "log",
            level: "debug",
            pattern: "^kel.in",
            regex: true,
            count: 1,
            windowMs: 3 * minuteMs,
          }),
          await makeRule({ kind: "outage", percent: 50, atLeast: 2 }, { forMs: minuteMs }),
          await makeRule({ kind: "host-down", atLeast: 2 }),
        ];
        await watch.load();
        const fleet = new Fleet(ground, watch);
        await fleet.arrive();
        await turn();
        for (const one of story) {
          await happen(fleet, one);
          await turn();
        }
        clock.setWall(new Date(clock.nowMs() + minuteMs));
        await turn();
        await watch.stop();
        const before = await ground.db
          .sql`select (select count(*) from alerts) as alerts, (select count(*) from facts_pending) as facts`;
        for (const rule of rules) {
          const { inLife, rehearsed, rehearsal } = await sideBySide(rule);
          expect(rehearsed, rule.name).toEqual(inLife);
          expect(rehearsal.firings).toBe(inLife.length);
          compared += inLife.length;
        }
        const after = await ground.db
          .sql`select (select count(*) from alerts) as alerts, (select count(*) from facts_pending) as facts`;
        expect(after).toEqual(before);
      } finally {
        await ground.db.close();
      }
    }),
    { numRuns: 4, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(50);
  await begin();
}, 300_000);

test("minutes with holes, disks in percent and numbers by name are rehearsed as they were judged", async () => {
  await begin();
  const cpu: Condition = { kind: "metric", metric: "cpuPercent", op: "above", value: 90 };
  const rules = [
    await makeRule(cpu, { forMs: 2 * minuteMs, recoverMs: 2 * minuteMs }),
    await makeRule(cpu, { noData: "alert", forMs: minuteMs, flap: null }),
    await makeRule(cpu, { noData: "ok", flap: { changes: 2, windowMs: 10 * minuteMs } }),
    await makeRule({ kind: "metric", metric: "diskUsedPercent", op: "above", value: 70 }),
    await makeRule({ kind: "metric", metric: "queue.depth", op: "below", value: 3 }, { recoverMs: minuteMs }),
  ];
  for (const id of agents) await addWatchedAgent(ground, { id });
  const value = fc.oneof(fc.constant(null), fc.integer({ min: 85, max: 95 }), fc.integer({ min: 1, max: 5 }));
  const [drawn = []] = fc.sample(
    fc.array(fc.tuple(value, value, value), { minLength: 60, maxLength: 60 }),
    1,
  );
  // What is drawn may let a rule never fire; this makes each fire at least once.
  const everywhere = (one: number) =>
    Array.from({ length: 5 }, (): (typeof drawn)[number] => [one, one, one]);
  const walk = [...everywhere(95), ...everywhere(1), ...drawn];
  for (const [minute, values] of walk.entries()) {
    const at = new Date(start + minute * minuteMs).toISOString();
    for (const [index, one] of values.entries()) {
      if (one === null) continue;
      await ground.db.sql`
        insert into metric_minutes (agent_id, at, account_id, cpu_percent, disk_used_bytes, disk_total_bytes, beats)
        values (${agents[index] ?? ""}, ${at}::timestamptz, ${mainAccount}, ${one}, ${one}, 120, 30)`;
      await ground.db.sql`
        insert into metric_numbers (agent_id, at, name, account_id, value, samples)
        values (${agents[index] ?? ""}, ${at}::timestamptz, 'queue.depth', ${mainAccount}, ${one}, 30)`;
    }
    clock.setWall(new Date(start + (minute + 1) * minuteMs + closedAfterMs));
    await evaluateReader(ground, metricReader);
  }
  for (const rule of rules) {
    const { inLife, rehearsed } = await sideBySide(rule);
    expect(inLife.length).toBeGreaterThan(0);
    expect(rehearsed, JSON.stringify([rule.condition, rule.noData, walk])).toEqual(inLife);
  }
}, 120_000);

test("one who leaves, or asks anew, gets no answer to what went before", async () => {
  await begin();
  const rule = draftOf(await makeRule({ kind: "offline" }));
  const gone = new AbortController();
  gone.abort(new Error("gone"));
  await expect(rehearse(admin(), { rule, days: 1 }, gone.signal)).rejects.toThrow("gone");
  const first = rehearse(admin(), { rule, days: 1 });
  const second = rehearse(admin(), { rule, days: 1 });
  await expect(first).rejects.toMatchObject({ code: "conflict" });
  expect(await second).toMatchObject({ firings: 0, messages: 0, worstHour: null });
  await expect(rehearse(personCtx(ground, "viewer"), { rule, days: 1 })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("what the times of a rule really come to is told with its rehearsal", async () => {
  await begin();
  const rule = draftOf(await makeRule({ kind: "stuck", afterMs: 15_000 }));
  const { notes } = await rehearse({ ...admin(), stuckAfterMs: 45_000 }, { rule, days: 7 });
  expect(notes[0]).toMatch(/^This server calls work stuck after 45 s .* not after 15 s\.$/);
});
