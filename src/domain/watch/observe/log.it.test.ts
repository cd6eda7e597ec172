import { afterEach, beforeEach, expect, test } from "vitest";
import type { LogLevel } from "@/contracts/fleet/log-line";
import type { Topics } from "@/contracts/signals";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { appendLines, type LineWatch } from "@/domain/fleet/logs";
import type { AdmittedAgent } from "@/domain/fleet/presence/admitted-agent";
import { systemCtx, transact } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { judge } from "@/domain/watch/alerts";
import { changeRule, createRule, readRules } from "@/domain/watch/rules";
import { memoryBus } from "@/platform/bus";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent, alertRows } from "@/testing/watch";
import { RuleLineWatch } from "./line-watch";
import { logReader } from "./log";

let clock: FakeClock;
let ground: TestGround;
const watches: RuleLineWatch[] = [];
beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00.000Z");
  ground = await testGround({ clock });
  for (const id of ["agt_a", "agt_b"])
    await addWatchedAgent(ground, { id, tags: id === "agt_a" ? ["prod"] : [] });
});
afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.stop();
  await ground.db.close();
});

const makeRule = (over: Partial<RuleDraft["condition"]> = {}, draft: Partial<RuleDraft> = {}) =>
  createRule(
    personCtx(ground),
    ruleDraftSchema.parse({
      name: "Errors",
      scope: { kind: "all" },
      condition: { kind: "log", level: "warn", pattern: "boom", count: 3, windowMs: 60_000, ...over },
      severity: "warning",
      ...draft,
    }),
  );

async function lineWatch(over: Partial<TestGround> = {}): Promise<RuleLineWatch> {
  const watch = new RuleLineWatch({ ...ground, ...over });
  watches.push(watch);
  await watch.load();
  return watch;
}

const admitted = (agentId: string, sessionId = "s"): AdmittedAgent => ({
  agentId,
  account: "acc_main",
  name: agentId,
  keyId: null,
  endedAt: null,
  over: false,
  logsThrough: -1,
  session: { sessionId, host: null, pid: null, version: null, commandLine: null, keyPrefix: null },
});

/** Lines as the wire's schema lets them through. */
const send = (
  watch: LineWatch,
  agent: AdmittedAgent,
  from: number,
  messages: string[],
  level: LogLevel = "warn",
) =>
  appendLines(
    ground,
    agent,
    { lines: messages.map((message, index) => ({ seq: from + index, at: clock.nowMs(), level, message })) },
    watch,
  );

const hits = () => ground.db.sql`select agent_id as agent, count, sample from log_hits order by id`;
const turn = () =>
  transact(systemCtx(ground), async (unit) => {
    const rows = await readRules(systemCtx(ground), unit.tx);
    const { observations } = await logReader.read(systemCtx(ground), unit.tx, rows, clock.now());
    await judge(systemCtx(ground), unit, rows, observations);
    return observations;
  });

test("hits of two instances add up, lines that come again don't, and they are judged once", async () => {
  await makeRule();
  const [one, other] = [await lineWatch(), await lineWatch({ bus: memoryBus<Topics>({ log: ground.log }) })];
  const agent = admitted("agt_a");
  await send(one, agent, 0, ["boom 1", "calm", "BOOM 2"]);
  await send(other, { ...agent }, 0, ["boom 1", "calm", "BOOM 2"]);
  expect(await hits()).toEqual([{ agent: "agt_a", count: 2, sample: "BOOM 2" }]);
  await turn();
  expect(await alertRows(ground)).toEqual([]);
  // The last line of a batch that overlaps with what the other instance has stored already.
  await send(other, { ...agent }, 2, ["BOOM 2", "boom 3"]);
  expect(await turn()).toMatchObject([{ count: 1, summary: "A line holds “boom”: boom 3" }]);
  expect(await turn()).toEqual([]);
  expect(await alertRows(ground)).toMatchObject([{ state: "firing", subjectId: "agt_a" }]);
  expect(await hits()).toEqual([]);
});

test("only at the level or worse, only in scope, and no rule costs no row", async () => {
  const watch = await lineWatch();
  expect(watch.find("acc_main", "agt_a", [])).toBeNull();
  await makeRule({ count: 1 }, { scope: { kind: "tag", tag: "prod" } });
  await watch.load();
  await send(watch, admitted("agt_a"), 0, ["boom"], "info");
  await send(watch, admitted("agt_b"), 0, ["boom"], "error");
  await turn();
  expect(await alertRows(ground)).toEqual([]);
  await send(watch, admitted("agt_a"), 1, ["boom"], "error");
  await turn();
  expect(await alertRows(ground)).toMatchObject([{ subjectId: "agt_a" }]);
});

test("four bytes a character, quotes and what looks like an escape arrive as they were", async () => {
  await makeRule({ pattern: "💥", count: 1 });
  const watch = await lineWatch();
  const message = `a 💥 "b" \\u0000 '; drop table log_hits; -- \\`;
  await send(watch, admitted("agt_a"), 0, [message]);
  expect(await hits()).toEqual([{ agent: "agt_a", count: 1, sample: message }]);
});

test("a flood against a hostile expression does not hold up the event loop", async () => {
  await makeRule({ pattern: "(a+)+b|(a|aa)+c|(.*)*d", regex: true });
  const watch = await lineWatch();
  let [longestMs, lastMs, over] = [0, performance.now(), false];
  const look = () => {
    longestMs = Math.max(longestMs, performance.now() - lastMs);
    lastMs = performance.now();
    if (!over) setImmediate(look);
  };
  setImmediate(look);
  const lines = Array.from({ length: 500 }, (_, seq) => ({
    seq,
    at: 0,
    level: "error" as const,
    message: `${"a".repeat(8_000)}${seq}`,
  }));
  expect(await watch.find("acc_main", "agt_a", lines)).toBeNull();
  over = true;
  expect(longestMs).toBeLessThan(250);
});

test("a rule that is made or changed is known by its fact; hits of another pattern don't count, those of another name do", async () => {
  const watch = await lineWatch();
  const tell = async () => ground.bus.publish("facts", await stampFacts(ground));
  const rule = await makeRule({ count: 1 });
  await tell();
  await eventually(() => watch.find("acc_main", "agt_a", []) !== null);
  await send(watch, admitted("agt_a"), 0, ["boom"]);
  await changeRule(personCtx(ground), { id: rule.id, name: "Booms" });
  expect(await turn()).toHaveLength(1);
  await send(watch, admitted("agt_a"), 1, ["boom"]);
  await changeRule(personCtx(ground), {
    id: rule.id,
    condition: { kind: "log", level: "warn", pattern: "bang", regex: false, count: 1, windowMs: 60_000 },
  });
  expect(await turn()).toEqual([]);
  expect(await hits()).toEqual([]);
});

test("a judgement that fails gives its hits back", async () => {
  await makeRule({ count: 1 });
  await send(await lineWatch(), admitted("agt_a"), 0, ["boom"]);
  const broken = transact(systemCtx(ground), async (unit) => {
    const rows = await readRules(systemCtx(ground), unit.tx);
    const { observations } = await logReader.read(systemCtx(ground), unit.tx, rows, clock.now());
    expect(observations).toHaveLength(1);
    throw new Error("the evaluator dies here");
  });
  await expect(broken).rejects.toThrow("dies here");
  await turn();
  expect(await alertRows(ground)).toHaveLength(1);
});
