import { afterEach, beforeEach, expect, test } from "vitest";
import type { Condition } from "@/contracts/watch/condition";
import type { RuleDraft } from "@/contracts/watch/rule";
import { changeStatuses } from "@/domain/fleet/agents/change-status";
import type { SessionInfo, StatusEvent } from "@/domain/fleet/agents/status-event";
import { reportConfig } from "@/domain/fleet/config/report-config";
import { recordBlindness } from "@/domain/fleet/presence/blindness";
import { systemCtx, transact } from "@/domain/kernel";
import { createRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent, alertRows, evaluateAll, ruleAbout } from "@/testing/watch";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let ground: TestGround;
let clock: FakeClock;
beforeEach(async () => {
  clock = fakeClock("2026-11-21T00:00:00Z");
  ground = await testGround({ clock });
});
afterEach(() => ground.db.close());

const watch = (condition: Condition, more: Partial<RuleDraft> = {}) =>
  createRule(personCtx(ground), ruleAbout(condition, { flap: null, ...more }));

/** Something happens to an agent, and the evaluator takes its turn. */
async function happens(agentId: string, event: StatusEvent): Promise<void> {
  const now = clock.now().toISOString();
  // What the presence flush writes: with its beats, of which one that falls silent made the last just now.
  if (event.kind === "silent" || (event.kind === "beat" && event.activity !== "stuck"))
    await ground.db.sql`
      update agent_presence set last_beat_at = ${now}, progress_at = ${now} where agent_id = ${agentId}`;
  await changeStatuses(systemCtx(ground), [{ agentId, event }]);
  await evaluateAll(ground);
}
const silent: StatusEvent = { kind: "silent", silentForMs: 6_000 };
const beats = (activity: "idle" | "stuck" = "idle"): StatusEvent => ({
  kind: "beat",
  activity,
  receivedAt: ground.clock.now(),
});
const session = (sessionId: string): SessionInfo => ({
  sessionId,
  host: "web-1",
  pid: 1,
  version: "1",
  commandLine: "run",
  keyPrefix: null,
});

/** The evaluator takes a turn each minute, as it does each second in life. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += minuteMs) {
    await clock.advance(Math.min(minuteMs, ms - gone));
    await evaluateAll(ground);
  }
}

/** Kind, state, and how long after `since` it fired and resolved, in minutes. */
async function story() {
  const minutes = (from: Date, to: Date | null) => to && (to.getTime() - from.getTime()) / minuteMs;
  return (await alertRows(ground)).map((row) => [
    row.kind,
    minutes(row.since, row.firedAt),
    minutes(row.since, row.resolvedAt),
    row.resolution,
  ]);
}

/** How often facts told of a beginning and of an end. */
async function told() {
  const rows = await ground.db.sql<{ kind: string; count: number }[]>`
    select kind, count(*)::int as count from facts where kind in ('alert.fired', 'alert.resolved') group by 1`;
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}

test("offline: over three days only what lasts is told, each once, whoever evaluates", async () => {
  await watch({ kind: "offline" }, { forMs: 5 * minuteMs, recoverMs: 2 * minuteMs });
  await addWatchedAgent(ground, { id: "agt_a" });
  for (let day = 0; day < 3; day++) {
    await happens("agt_a", silent);
    await clock.advance(2 * minuteMs);
    await happens("agt_a", beats());
    await clock.advance(6 * hourMs);
    await happens("agt_a", silent);
    await clock.advance(4 * minuteMs);
    // Another instance has another clock in its hand and nothing in its memory.
    const other = { ...ground, clock: { ...ground.clock } };
    await evaluateAll(other);
    await pass(6 * minuteMs);
    await happens("agt_a", beats());
    await clock.advance(minuteMs);
    await evaluateAll(other);
    await pass(minuteMs);
    await clock.advance(17 * hourMs);
    await evaluateAll(ground);
  }
  expect(await told()).toEqual({ "alert.fired": 3, "alert.resolved": 3 });
  for (const [, fired] of await story()) expect(fired).toBe(5);
});

test("no heartbeat: stopped on purpose ends offline, and is noticed when it lasts", async () => {
  await watch({ kind: "offline" });
  await watch({ kind: "no-heartbeat", afterMs: hourMs });
  await addWatchedAgent(ground, { id: "agt_a" });
  await happens("agt_a", { kind: "connected", session: session("ses_1") });
  await happens("agt_a", silent);
  await clock.advance(10 * minuteMs);
  await happens("agt_a", beats());
  await clock.advance(10 * minuteMs);
  const bye = { kind: "bye", sessionId: "ses_1", reason: "done", exitCode: 0, signal: null } as const;
  await happens("agt_a", silent);
  await clock.advance(minuteMs);
  await happens("agt_a", bye);
  await pass(70 * minuteMs);
  await happens("agt_a", beats());
  const [first, second, third] = await alertRows(ground);
  expect(first).toMatchObject({ kind: "offline", resolution: "Back online after 10 min" });
  expect(second).toMatchObject({ kind: "offline", resolution: "Stopped on purpose", status: "stopped" });
  expect(third).toMatchObject({ kind: "no-heartbeat", status: "online", state: "resolved" });
  expect(await told()).toEqual({ "alert.fired": 3, "alert.resolved": 3 });
});

test("stuck: counts from the last progress, and a restart ends it", async () => {
  await watch({ kind: "stuck", afterMs: 15 * minuteMs });
  await addWatchedAgent(ground, { id: "agt_a" });
  await ground.db.sql`update agent_presence set progress_at = ${clock.now().toISOString()}, task = 'sums'`;
  await clock.advance(2 * minuteMs);
  await happens("agt_a", beats("stuck"));
  await pass(12 * minuteMs);
  expect(await alertRows(ground)).toEqual([]);
  await pass(minuteMs);
  expect(await alertRows(ground)).toMatchObject([{ state: "firing", summary: "No progress on: sums" }]);
  await happens("agt_a", { kind: "connected", session: session("ses_2") });
  expect(await story()).toEqual([["stuck", 15, 15, "It makes progress again after 15 min"]]);
  await happens("agt_a", beats());
  await clock.advance(2 * minuteMs);
  await happens("agt_a", beats("stuck"));
  await clock.advance(5 * minuteMs);
  await happens("agt_a", silent);
  await pass(30 * minuteMs);
  expect(await told()).toEqual({ "alert.fired": 1, "alert.resolved": 1 });
});

test("restart loop: sessions and crashes count, the first session does not, and it ends by the clock", async () => {
  await watch({ kind: "restart-loop", count: 3, windowMs: 10 * minuteMs });
  await addWatchedAgent(ground, { id: "agt_a" });
  for (let index = 0; index < 3; index++) {
    await happens("agt_a", { kind: "connected", session: session(`ses_${index}`) });
    await clock.advance(minuteMs);
  }
  expect(await alertRows(ground)).toEqual([]);
  await transact(systemCtx(ground), async ({ record }) => {
    const target = { kind: "agent", id: "agt_a", name: "agt_a" } as const;
    record({ kind: "agent.crashed", target, reason: "Crashed with code 1" });
  });
  await evaluateAll(ground);
  expect(await alertRows(ground)).toMatchObject([
    { summary: "Came up or crashed 3 times within 10 min; at last: Crashed with code 1" },
  ]);
  await pass(8 * minuteMs);
  expect(await alertRows(ground)).toMatchObject([
    { state: "resolved", resolvedAt: new Date("2026-11-21T00:11:00Z") },
  ]);
  await pass(10 * minuteMs);
  expect(await ground.db.sql`select * from alert_states`).toEqual([]);
});

test("commands: enough of them fail, a later success ends it, other kinds do not count", async () => {
  await watch({ kind: "command-failed", kinds: ["restart"], count: 2, windowMs: hourMs });
  await addWatchedAgent(ground, { id: "agt_a" });
  const command = async (fact: "command.failed" | "command.expired" | "command.succeeded", kind: string) => {
    await clock.advance(minuteMs);
    await transact(systemCtx(ground), async ({ record }) =>
      record({
        kind: fact,
        target: { kind: "command", id: `cmd_${clock.nowMs()}`, name: "agt_a" },
        after: { state: fact.slice(8), message: "No such process." },
        data: { agentId: "agt_a", kind },
      }),
    );
    await evaluateAll(ground);
  };
  await command("command.failed", "restart");
  await command("command.failed", "kill");
  expect(await alertRows(ground)).toEqual([]);
  await command("command.expired", "restart");
  expect(await alertRows(ground)).toMatchObject([
    {
      subjectId: "agt_a",
      summary: "2 commands failed within 1 h; at last: restart came too late: No such process.",
    },
  ]);
  await command("command.succeeded", "kill");
  expect((await alertRows(ground))[0]?.state).toBe("firing");
  await command("command.succeeded", "restart");
  expect((await alertRows(ground))[0]?.resolution).toBe("Its restart succeeded after 2 min");
});

test("config drift: a refusal and another version drift, the right one settles, repeats say nothing", async () => {
  await watch({ kind: "config-drift", afterMs: 5 * minuteMs });
  await addWatchedAgent(ground, { id: "agt_a" });
  const applied = async (version: number, ok = true, error: string | null = null) => {
    const agent = { agentId: "agt_a", name: "agt_a" };
    await reportConfig(systemCtx(ground), agent, { version, ok, error });
    await evaluateAll(ground);
  };
  await applied(0);
  await applied(3);
  await applied(3);
  await clock.advance(2 * minuteMs);
  await applied(0);
  await clock.advance(2 * minuteMs);
  await applied(0, false, "unknown key");
  await applied(0, false, "unknown key");
  await pass(6 * minuteMs);
  expect(await alertRows(ground)).toMatchObject([
    { state: "firing", summary: "It refused configuration 0: unknown key" },
  ]);
  await applied(0);
  expect(await story()).toMatchObject([["config-drift", 5, 6, expect.stringContaining("was given")]]);
  const facts = await ground.db.sql`select kind from facts where kind like 'agent.config%'`;
  expect(facts).toHaveLength(4);
});

test("outage and host: told by numbers of those who are expected, in the transaction of the agents", async () => {
  await watch({ kind: "outage", percent: 50, atLeast: 3 });
  await watch({ kind: "host-down", atLeast: 2 }, { except: [{ kind: "tag", tag: "spare" }] });
  for (const [id, host, status] of [
    ["agt_a", "web-1", "online"],
    ["agt_b", "web-1", "online"],
    ["agt_c", "web-2", "online"],
    ["agt_d", "web-2", "stopped"],
    ["agt_e", "web-3", "online"],
    ["agt_f", "web-3", "online"],
  ] as const) {
    await addWatchedAgent(ground, { id, host, status, tags: id === "agt_f" ? ["spare"] : [] });
  }
  const open = async () =>
    (await alertRows(ground)).filter((row) => row.state === "firing").map((row) => row.subjectName);
  await happens("agt_a", silent);
  await happens("agt_c", silent);
  expect(await open()).toEqual([]);
  await happens("agt_b", silent);
  expect((await open()).sort()).toEqual(["All agents", "web-1"]);
  expect(await alertRows(ground)).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ subjectKind: "fleet", summary: "3 of 5 agents are offline", value: 60 }),
      expect.objectContaining({ subjectKind: "host", host: "web-1", agentId: null }),
    ]),
  );
  await happens("agt_e", silent);
  expect(await open()).not.toContain("web-3");
  await happens("agt_b", beats());
  expect(await open()).toEqual(["All agents"]);
  await happens("agt_b", silent);
  await ground.db
    .sql`update agents set removed_at = ${clock.now().toISOString()} where id in ('agt_a', 'agt_b')`;
  await transact(systemCtx(ground), async ({ record }) =>
    record({ kind: "agent.removed", target: { kind: "agent", id: "agt_b", name: "agt_b" } }),
  );
  await evaluateAll(ground);
  expect(await open()).toEqual([]);
  expect((await alertRows(ground)).map((row) => row.resolution)).toContain(
    "No agent is expected on it any more after 0 s",
  );
});

test("after our own blindness nothing begins or ends by it, and everybody has a grace time", async () => {
  await watch({ kind: "offline" }, { forMs: 10 * minuteMs });
  await watch({ kind: "restart-loop", count: 1, windowMs: 10 * minuteMs });
  for (const id of ["agt_a", "agt_b"]) await addWatchedAgent(ground, { id });
  await happens("agt_a", silent);
  await transact(systemCtx(ground), async ({ record }) =>
    record({ kind: "agent.crashed", target: { kind: "agent", id: "agt_a", name: "agt_a" } }),
  );
  await evaluateAll(ground);
  await clock.advance(minuteMs);
  const fromMs = clock.nowMs();
  await clock.advance(hourMs);
  await recordBlindness(systemCtx(ground), { fromMs, toMs: clock.nowMs() });
  await evaluateAll(ground);
  await happens("agt_b", { kind: "lost-sight" });
  await clock.advance(15_000);
  await happens("agt_b", silent);
  expect(await alertRows(ground)).toMatchObject([{ kind: "restart-loop", state: "firing" }]);
  await pass(9 * minuteMs);
  const both = async () => (await alertRows(ground)).map((row) => [row.agentId, row.kind, row.state]);
  expect((await both()).sort()).toEqual([
    ["agt_a", "offline", "firing"],
    ["agt_a", "restart-loop", "resolved"],
  ]);
  await pass(minuteMs);
  expect(await both()).toHaveLength(3);
});

test("flapping: kept firing, and calm again after a whole window", async () => {
  await watch({ kind: "offline" }, { flap: { changes: 4, windowMs: 10 * minuteMs } });
  await addWatchedAgent(ground, { id: "agt_a" });
  for (let round = 0; round < 10; round++) {
    await happens("agt_a", silent);
    await clock.advance(30_000);
    await happens("agt_a", beats());
    await clock.advance(30_000);
  }
  expect(await told()).toEqual({ "alert.fired": 2, "alert.resolved": 1 });
  expect((await alertRows(ground)).at(-1)).toMatchObject({ state: "firing", flapping: true });
  await pass(12 * minuteMs);
  expect(await told()).toEqual({ "alert.fired": 2, "alert.resolved": 2 });
  const flaps = await ground.db
    .sql`select after->>'flapping' as flapping from facts where kind = 'alert.flapping'`;
  expect(flaps.map(({ flapping }) => flapping)).toEqual(["true"]);
});
