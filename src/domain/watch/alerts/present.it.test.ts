import { afterEach, beforeEach, expect, test } from "vitest";
import { changeAgent } from "@/domain/fleet/agents";
import { reportConfig } from "@/domain/fleet/config/report-config";
import { readFacts, systemCtx } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { closedAfterMs } from "@/domain/watch/observe/metric";
import { tickingReaders } from "@/domain/watch/observe/ticking";
import { changeRule, ensureDefaultRules } from "@/domain/watch/rules";
import { writeTurn } from "@/domain/watch/turns";
import { personCtx } from "@/testing/ground";
import { addWatchedAgent, addWatchedAgents, alertRows, evaluateAll, tellOfAgents } from "@/testing/watch";
import { sessionOf, type WatchStage, watchStage } from "@/testing/watch-stage";
import { evaluateFacts, evaluateReader, rulesCursorSeq } from ".";

const silent = { kind: "silent", silentForMs: 6_000 } as const;
const minuteMs = 60_000;
const startMs = Date.parse("2026-11-21T00:00:00Z");

let stage: WatchStage;
beforeEach(async () => {
  stage = await watchStage();
});
afterEach(() => stage.ground.db.close());

/** Subject, minutes from the start to the trouble's beginning and to the alert's, in the order of the subjects. */
async function firing(): Promise<[string, number, number][]> {
  const minutes = (at: Date) => (at.getTime() - startMs) / minuteMs;
  return (await alertRows(stage.ground))
    .filter(({ state }) => state === "firing")
    .map((row): [string, number, number] => [row.subjectId, minutes(row.since), minutes(row.firedAt)])
    .sort();
}

const pending = async () =>
  (
    await stage.ground.db.sql`select subject_key, state from alert_states where state = 'pending' order by 1`
  ).map((row) => row.subject_key);

const count = async (kind: string) =>
  (await stage.ground.db.sql`select count(*)::int as count from facts where kind = ${kind}`)[0]?.count;

/** Agents that fell silent at the start, ten minutes ago. */
async function fallen(...ids: string[]): Promise<void> {
  for (const id of ids) {
    await addWatchedAgent(stage.ground, { id });
    await stage.happens(id, silent);
  }
}

test("a new rule fires for those who are offline already, since they are, each once", async () => {
  const { ground, clock, watch, happens, beats, told } = stage;
  await addWatchedAgent(ground, { id: "agt_well" });
  await fallen("agt_a", "agt_b", "agt_c");
  await happens("agt_c", beats());
  await happens("agt_c", silent);
  await clock.advance(10 * minuteMs);
  await watch({ kind: "offline" });
  await watch({ kind: "offline" }, { forMs: 15 * minuteMs });
  await evaluateAll(ground);
  const now = [
    ["agt_a", 0, 10],
    ["agt_b", 0, 10],
    ["agt_c", 0, 10],
  ];
  expect(await firing()).toEqual(now);
  expect(await pending()).toEqual(["agent:agt_a", "agent:agt_b", "agent:agt_c"]);
  expect((await alertRows(ground, "agt_a"))[0]?.summary).toBe("The agent fell silent");
  await clock.advance(2 * minuteMs);
  await happens("agt_b", beats());
  await stage.pass(8 * minuteMs);
  expect(await firing()).toEqual([
    ["agt_a", 0, 10],
    ["agt_a", 0, 15],
    ["agt_c", 0, 10],
    ["agt_c", 0, 15],
  ]);
  expect(await told()).toEqual({ "alert.fired": 5, "alert.resolved": 1 });
});

test("each kind whose present is stored looks at it, and time that passed counts", async () => {
  const { ground, clock, watch, happens, beats } = stage;
  for (const id of ["agt_a", "agt_b"]) await addWatchedAgent(ground, { id, host: "web-1" });
  for (const id of ["agt_drift", "agt_settled", "agt_stuck", "agt_bye"])
    await addWatchedAgent(ground, { id });
  await happens("agt_bye", { kind: "connected", session: sessionOf("ses_1") });
  await happens("agt_bye", { kind: "bye", sessionId: "ses_1", reason: "done", exitCode: 0, signal: null });
  await happens("agt_a", silent);
  const config = (id: string, version: number) =>
    reportConfig(systemCtx(ground), { agentId: id, name: id }, { version, ok: true, error: null });
  await config("agt_drift", 3);
  await config("agt_settled", 3);
  await clock.advance(minuteMs);
  await happens("agt_b", silent);
  await happens("agt_stuck", beats("stuck"));
  await config("agt_settled", 0);
  await clock.advance(9 * minuteMs);
  await watch({ kind: "no-heartbeat", afterMs: 5 * minuteMs });
  await watch({ kind: "stuck", afterMs: 5 * minuteMs });
  await watch({ kind: "config-drift", afterMs: 5 * minuteMs });
  await watch({ kind: "outage", percent: 30, atLeast: 2 }, { forMs: 5 * minuteMs });
  await watch({ kind: "outage", percent: 90, atLeast: 2 });
  await watch({ kind: "host-down", atLeast: 2 }, { forMs: 9 * minuteMs });
  await watch({ kind: "host-down", atLeast: 3 });
  await watch(
    { kind: "no-heartbeat", afterMs: 60 * minuteMs },
    { except: [{ kind: "agents", agentIds: ["agt_a"] }] },
  );
  await evaluateAll(ground);
  expect(await firing()).toEqual([
    ["agt_a", 0, 10],
    ["agt_b", 1, 10],
    ["agt_bye", 0, 10],
    ["agt_drift", 0, 10],
    ["agt_stuck", 1, 10],
    ["fleet", 1, 10],
    ["web-1", 1, 10],
  ]);
  expect(await pending()).toEqual(["agent:agt_b", "agent:agt_bye"]);
});

test("what is counted begins empty", async () => {
  const { ground, watch } = stage;
  await addWatchedAgent(ground, { id: "agt_a" });
  await tellOfAgents(ground, "agent.crashed", ["agt_a", "agt_a", "agt_a"]);
  await evaluateAll(ground);
  await watch({ kind: "restart-loop", count: 3, windowMs: 10 * minuteMs });
  await evaluateAll(ground);
  expect(await ground.db.sql`select * from alert_states`).toEqual([]);
});

test("what is looked for by the clock is found by a new rule too", async () => {
  const { ground, clock, watch } = stage;
  await addWatchedAgent(ground, { id: "agt_a" });
  const minutes = [0, 1].map((minute) => new Date(startMs + minute * minuteMs).toISOString());
  await ground.db.sql`
    insert into metric_minutes (agent_id, at, account_id, cpu_percent, beats)
    select 'agt_a', at::timestamptz, 'acc_main', 99, 30 from unnest(${minutes}::text[]) at`;
  await ground.db.sql`
    insert into join_tokens (id, account_id, prefix, hash, uses_left, created_at, expires_at)
    values ('jt', 'acc_main', 'mcj', 'hash', 1, ${minutes[0] ?? ""}::timestamptz,
      ${new Date(startMs + 60 * minuteMs).toISOString()}::timestamptz)`;
  await clock.advance(2 * minuteMs + closedAfterMs);
  await writeTurn(ground.db, "deliver", clock.now(), { lagMs: 90_000, backlog: 1 });
  await watch({ kind: "metric", metric: "cpuPercent", op: "above", value: 90 });
  await watch({ kind: "expiry", of: ["join-token"], withinMs: 120 * minuteMs });
  await watch({ kind: "self", check: "delivery-lag", value: 60_000 });
  for (const reader of tickingReaders) await evaluateReader(ground, reader);
  expect(await firing()).toEqual([
    ["agt_a", 1, 2],
    ["delivery-lag", 2.25, 2.25],
    ["jt", 0, 2.25],
  ]);
});

test("switched on, wider, and asking something else: who is in trouble by now is told of, others are left alone", async () => {
  const { ground, clock, watch } = stage;
  const ctx = personCtx(ground);
  await fallen("agt_a", "agt_b");
  await clock.advance(10 * minuteMs);
  const one = { kind: "agents" as const, agentIds: ["agt_a"] };
  const rule = await watch({ kind: "offline" }, { enabled: false, scope: one });
  await evaluateAll(ground);
  expect(await firing()).toEqual([]);
  const change = async (more: Parameters<typeof changeRule>[1]) => {
    await clock.advance(minuteMs);
    await changeRule(ctx, more);
    await evaluateAll(ground);
  };
  await change({ id: rule.id, enabled: true });
  expect(await firing()).toEqual([["agt_a", 0, 11]]);
  await change({ id: rule.id, scope: { kind: "all" } });
  expect(await firing()).toEqual([
    ["agt_a", 0, 11],
    ["agt_b", 0, 12],
  ]);
  await change({ id: rule.id, name: "Another name" });
  await change({ id: rule.id, except: [one] });
  expect(await firing()).toEqual([["agt_b", 0, 12]]);
  await change({ id: rule.id, condition: { kind: "no-heartbeat", afterMs: minuteMs } });
  expect(await firing()).toEqual([["agt_b", 0, 15]]);
  expect(await count("alert.fired")).toBe(3);
});

test("a default rule covers an installation that is older than it", async () => {
  await fallen("agt_a");
  await ensureDefaultRules(stage.ground);
  await evaluateAll(stage.ground);
  expect(await firing()).toEqual([["agt_a", 0, 0]]);
  await ensureDefaultRules(stage.ground);
  await evaluateAll(stage.ground);
  expect(await count("alert.fired")).toBe(1);
});

test("who comes into a rule's scope while it is offline fires, and who leaves it resolves", async () => {
  const { ground, clock, watch } = stage;
  const ctx = personCtx(ground);
  await fallen("agt_a", "agt_b");
  await watch({ kind: "offline" }, { scope: { kind: "tag", tag: "prod" } });
  await watch({ kind: "outage", percent: 1, atLeast: 1 }, { scope: { kind: "group", group: "web" } });
  await evaluateAll(ground);
  expect(await firing()).toEqual([]);
  await clock.advance(minuteMs);
  await changeAgent(ctx, { id: "agt_a", tags: ["prod"] });
  await changeAgent(ctx, { id: "agt_b", name: "another" });
  await evaluateAll(ground);
  expect(await firing()).toEqual([["agt_a", 0, 1]]);
  await changeAgent(ctx, { id: "agt_a", group: "web" });
  await evaluateAll(ground);
  expect(await firing()).toEqual([
    ["agt_a", 0, 1],
    ["fleet", 1, 1],
  ]);
  await clock.advance(minuteMs);
  await changeAgent(ctx, { id: "agt_a", tags: [], group: null });
  await evaluateAll(ground);
  expect(await firing()).toEqual([]);
  expect((await alertRows(ground, "agt_a"))[0]?.resolution).toBe(
    "Taken out of the rule's scope by Test admin",
  );
});

test("facts that are read late: a rule sees what was when it was made, and then what came", async () => {
  const { ground, clock, watch, told } = stage;
  await addWatchedAgents(ground, [
    { id: "agt_a", status: "offline" },
    { id: "agt_b", status: "offline" },
  ]);
  const tell = async (kind: "agent.went_offline" | "agent.came_online", id: string) => {
    await clock.advance(minuteMs);
    await tellOfAgents(ground, kind, [id]);
  };
  await tell("agent.went_offline", "agt_a");
  await evaluateAll(ground);
  await clock.advance(minuteMs);
  await watch({ kind: "offline" });
  await tell("agent.came_online", "agt_a");
  await tell("agent.went_offline", "agt_a");
  await tell("agent.went_offline", "agt_b");
  await evaluateAll(ground);
  expect(await told()).toEqual({ "alert.fired": 3, "alert.resolved": 1 });
  const stories = (await alertRows(ground)).map((row) => [
    row.subjectId,
    (row.firedAt.getTime() - startMs) / minuteMs,
  ]);
  expect(stories).toEqual([
    ["agt_a", 2],
    ["agt_a", 4],
    ["agt_b", 5],
  ]);
});

test("thousands in trouble: in transactions of two thousand changes, and whoever goes on tells nobody twice", async () => {
  const { ground, watch } = stage;
  const ids = Array.from({ length: 2_500 }, (_, index) => `agt_${index}`);
  await addWatchedAgents(
    ground,
    ids.map((id) => ({ id, status: "offline" })),
  );
  await tellOfAgents(ground, "agent.went_offline", ids);
  await evaluateAll(ground);
  const scope = { kind: "tag", tag: "none" } as const;
  await watch({ kind: "offline" }, { scope });
  await watch({ kind: "offline" });
  await watch({ kind: "no-heartbeat", afterMs: 60 * minuteMs });
  while ((await stampFacts(ground)).length > 0);
  const turn = async () =>
    evaluateFacts(systemCtx(ground), await readFacts(ground.db, await rulesCursorSeq(ground), 1_000));
  const open = async () => (await ground.db.sql`select count(*)::int as count from alert_states`)[0]?.count;
  const steps: number[] = [];
  let before = 0;
  while (before < 5_000 && steps.length < 10) {
    // Two at once, as at a change of the lease: one waits for the other and goes on.
    await Promise.all([turn(), turn()]);
    steps.push((await open()) - before);
    before = await open();
  }
  expect(before).toBe(5_000);
  expect(Math.max(...steps)).toBeLessThanOrEqual(2_000);
  await evaluateAll(ground);
  expect(await count("alert.fired")).toBe(2_500);
  expect(await open()).toBe(5_000);
}, 60_000);
