import { afterEach, beforeEach, expect, test } from "vitest";
import { changeStatuses } from "@/domain/fleet/agents/change-status";
import type { StatusEvent } from "@/domain/fleet/agents/status-event";
import { systemCtx } from "@/domain/kernel";
import { createRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx } from "@/testing/ground";
import { policyOf, TellingStage } from "@/testing/telling";
import { addWatchedAgent, alertRows, evaluateAll, ruleAbout } from "@/testing/watch";
import { defaultPolicy } from "../policy/default-policy";

const second = 1_000;
const minute = 60 * second;
const agents = ["qa-a", "qa-b", "qa-c"];
let clock: FakeClock;
let stage: TellingStage;
beforeEach(async () => {
  clock = fakeClock("2026-11-22T10:00:00Z");
  stage = await TellingStage.open(clock, policyOf());
  // The stage's own rule judges nothing.
  await stage.ground.db.sql`update rules set draft = jsonb_set(draft, '{enabled}', 'false')`;
  for (const id of agents) await addWatchedAgent(stage.ground, { id });
  await pass(second);
});
afterEach(() => stage.close());

const watch = (recoverMs: number) =>
  createRule(
    personCtx(stage.ground),
    ruleAbout({ kind: "offline" }, { forMs: 10 * second, recoverMs, flap: null }),
  );
/** By the policy of a first start: who is offline, and an outage of half of them. */
async function watchOutages(): Promise<void> {
  await stage.setPolicy(defaultPolicy);
  const over = { severity: "critical", flap: null } as const;
  for (const condition of [{ kind: "offline" }, { kind: "outage", percent: 50, atLeast: 2 }] as const)
    await createRule(personCtx(stage.ground), ruleAbout(condition, over));
}
const change = (ids: string[], event: StatusEvent) =>
  changeStatuses(
    systemCtx(stage.ground),
    ids.map((agentId) => ({ agentId, event })),
  );
const fall = (...ids: string[]) => change(ids, { kind: "silent", silentForMs: 6_000 });
const comeBack = (...ids: string[]) =>
  change(ids, { kind: "beat", activity: "idle", receivedAt: clock.now() });
/** The evaluator takes its turns, and the notifier after it. */
async function pass(ms: number): Promise<void> {
  const step = ms < minute ? second : 10 * second;
  for (let gone = 0; gone < ms; gone += step) {
    await evaluateAll(stage.ground);
    await stage.pass(step);
  }
  await evaluateAll(stage.ground);
  await stage.pass(0);
}
/** What was told, of how many. */
const told = async () =>
  (await stage.told()).map(({ at, event, firing, resolved }) => [
    at.slice(6),
    event,
    firing.length + resolved.length,
  ]);
const stepsOf = async (agentId: string) => stage.steps((await alertRows(stage.ground, agentId))[0]?.id ?? "");

test("who is back before anybody was told is not told of, and the story says so", async () => {
  await watch(20 * second);
  await fall(...agents);
  await pass(20 * second);
  await comeBack(...agents);
  await pass(2 * minute);
  expect((await alertRows(stage.ground)).map(({ state }) => state)).toEqual([
    "resolved",
    "resolved",
    "resolved",
  ]);
  expect(await told()).toEqual([]);
  expect((await stepsOf("qa-a")).slice(-2)).toEqual([
    "recovery held: Seems to be over: told if it comes back before it resolves",
    "outbox dropped: It was over before anybody was told",
  ]);
});

test("who comes back and falls again is told of at once, and of its end once", async () => {
  await watch(5 * minute);
  await fall("qa-a");
  await pass(20 * second);
  await comeBack("qa-a");
  await pass(2 * minute);
  expect(await told()).toEqual([]);
  await fall("qa-a");
  await pass(2 * second);
  expect(await told()).toEqual([["10:02:21", "firing", 1]]);
  await comeBack("qa-a");
  await pass(10 * minute);
  expect((await told()).slice(1)).toMatchObject([[expect.any(String), "resolved", 1]]);
});

test("whoever was told of it hears of its end once, whatever it does in between", async () => {
  await watch(20 * second);
  await fall("qa-a");
  await pass(minute);
  for (let round = 0; round < 3; round++) {
    await comeBack("qa-a");
    await pass(10 * second);
    await fall("qa-a");
    await pass(10 * second);
  }
  await comeBack("qa-a");
  await pass(10 * minute);
  expect((await told()).map(([, event]) => event)).toEqual(["firing", "resolved"]);
});

test("an outage that ends leaves no alarm about those who come back just after it", async () => {
  await watchOutages();
  await fall(...agents);
  await pass(minute);
  await comeBack("qa-a");
  await comeBack("qa-b");
  await pass(3 * second);
  await comeBack("qa-c");
  await pass(minute);
  expect((await told()).map(([, event]) => event)).toEqual(["firing", "resolved"]);
  expect((await stepsOf("qa-c")).slice(-2)).toEqual([
    expect.stringMatching(/^inhibit held: All agents: .* is over: told unless it comes back as well$/),
    "outbox dropped: It was over before anybody was told",
  ]);
});

test("who is away after an outage is waited for while others still come back, and told of when they stop", async () => {
  const more = ["qa-d", "qa-e", "qa-f", "qa-g", "qa-h"];
  for (const id of more) await addWatchedAgent(stage.ground, { id });
  await watchOutages();
  await fall(...agents, ...more);
  await pass(minute);
  await comeBack("qa-a", "qa-b", "qa-c", "qa-d", "qa-e");
  await pass(13 * second);
  await comeBack("qa-f");
  await pass(4 * second);
  await comeBack("qa-g");
  await pass(4 * second);
  expect((await told()).map(([, event]) => event)).toEqual(["firing", "resolved"]);
  const endedAt = Date.parse(`2026-${(await stage.told())[1]?.at.replace(" ", "T")}Z`);
  expect(clock.nowMs() - endedAt).toBeGreaterThan(15 * second);
  await pass(8 * second);
  expect((await told()).slice(2)).toMatchObject([[expect.any(String), "firing", 1]]);
  // Of the wait its story has one line, however often its end moved.
  expect((await stepsOf("qa-h")).filter((step) => step.includes("told unless it comes back"))).toHaveLength(
    1,
  );
});
