import { afterEach, beforeEach, expect, test } from "vitest";
import { reportConfig } from "@/domain/fleet/config/report-config";
import { systemCtx, transact } from "@/domain/kernel";
import { addWatchedAgent, alertRows, evaluateAll } from "@/testing/watch";
import { sessionOf, type WatchStage, watchStage } from "@/testing/watch-stage";

let stage: WatchStage;
beforeEach(async () => {
  stage = await watchStage();
});
afterEach(() => stage.ground.db.close());

const silent = { kind: "silent", silentForMs: 6_000 } as const;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

test("offline: over three days only what lasts is told, each once, whoever evaluates", async () => {
  const { ground, clock, watch, happens, beats, pass, story, told } = stage;
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
  const { ground, clock, watch, happens, beats, pass, told } = stage;
  await watch({ kind: "offline" });
  await watch({ kind: "no-heartbeat", afterMs: hourMs });
  await addWatchedAgent(ground, { id: "agt_a" });
  await happens("agt_a", { kind: "connected", session: sessionOf("ses_1") });
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
  const { ground, clock, watch, happens, beats, pass, story, told } = stage;
  await watch({ kind: "stuck", afterMs: 15 * minuteMs });
  await addWatchedAgent(ground, { id: "agt_a" });
  await ground.db.sql`update agent_presence set progress_at = ${clock.now().toISOString()}, task = 'sums'`;
  await clock.advance(2 * minuteMs);
  await happens("agt_a", beats("stuck"));
  await pass(12 * minuteMs);
  expect(await alertRows(ground)).toEqual([]);
  await pass(minuteMs);
  expect(await alertRows(ground)).toMatchObject([{ state: "firing", summary: "No progress on: sums" }]);
  await happens("agt_a", { kind: "connected", session: sessionOf("ses_2") });
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
  const { ground, clock, watch, happens, pass } = stage;
  await watch({ kind: "restart-loop", count: 3, windowMs: 10 * minuteMs });
  await addWatchedAgent(ground, { id: "agt_a" });
  for (let index = 0; index < 3; index++) {
    await happens("agt_a", { kind: "connected", session: sessionOf(`ses_${index}`) });
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
  const { ground, clock, watch } = stage;
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
  const { ground, clock, watch, pass, story } = stage;
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
