import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { NewFact } from "@/contracts/facts";
import { systemCtx, transact } from "@/domain/kernel";
import { rehearse } from "@/domain/watch/rehearsal";
import { createRule, deleteRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent, evaluateAll, ruleAbout } from "@/testing/watch";

const minuteMs = 60_000;
const windowMs = 60 * minuteMs;
let clock: FakeClock;
let ground: TestGround;
beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00Z");
  ground = await testGround({ clock });
});
afterEach(() => ground.db.close());

/** `s`: a new session, `f`: the first one ever, `x`: a crash is told of; `.`: two minutes, `_`: two hours. */
const restarts = { kind: "restart-loop", count: 50, windowMs } as const;
let agents = 0;

/** Lets an agent live through a story, the evaluator taking a turn where `|` is, and answers what was counted. */
async function live(story: string): Promise<{ id: string; count: number }> {
  const id = `agt_${agents++}`;
  await addWatchedAgent(ground, { id });
  for (const sign of story) {
    if (sign === ".") await clock.advance(2 * minuteMs);
    else if (sign === "_") await clock.advance(120 * minuteMs);
    else if (sign === "|") await evaluateAll(ground);
    else await tell(id, sign);
  }
  await evaluateAll(ground);
  const [state] = await ground.db.sql`select marks from alert_states where agent_id = ${id}`;
  return { id, count: state?.marks.length ?? 0 };
}

function tell(id: string, sign: string): Promise<void> {
  const target = { kind: "agent", id, name: id } as const;
  const fact: NewFact =
    sign === "x"
      ? { kind: "agent.crashed", target, reason: "Crashed with code 1" }
      : { kind: "agent.connected", target, data: { previousSessionId: sign === "f" ? null : "ses_before" } };
  return transact(systemCtx(ground), async ({ record }) => record(fact));
}

/** Whether a rehearsal of the same rule for this agent alone fires, were it to ask for so many. */
async function wouldFire(id: string, count: number): Promise<boolean> {
  const rule = ruleAbout({ ...restarts, count }, { scope: { kind: "agents", agentIds: [id] } });
  return (await rehearse(personCtx(ground), { rule, days: 1 })).firings > 0;
}

test.each([
  ["f.", 0],
  ["f.s", 1],
  ["f.s.s.s", 3],
  ["f.x", 1],
  ["f.x.s", 1],
  ["f.xs.xs.xs", 3],
  ["f.x.x.s", 2],
  ["f.s.x", 2],
  ["f.x.s.s", 2],
  ["x.f.s", 2],
  ["f.x_s", 1],
])("%s comes to %i restarts, read at once or one by one, lived or rehearsed", async (story, expected) => {
  await createRule(personCtx(ground), ruleAbout(restarts));
  const atOnce = await live(story);
  expect(atOnce.count).toBe(expected);
  expect((await live([...story].join("|"))).count).toBe(expected);
  if (expected > 0) expect(await wouldFire(atOnce.id, expected)).toBe(true);
  expect(await wouldFire(atOnce.id, expected + 1)).toBe(false);
});

test("whatever happens: as many as there are crashes and sessions that follow none", async () => {
  const story = fc
    .array(fc.constantFrom("s", "x", "x", ".", "|"), { maxLength: 30 })
    .map((signs) => `f${signs.join("")}`);
  await fc.assert(
    fc.asyncProperty(story, async (signs) => {
      const rule = await createRule(personCtx(ground), ruleAbout(restarts));
      const { id, count } = await live(signs);
      const happened = signs.replace(/[.|f]/g, "");
      const expected = happened.replaceAll("xs", "x").length;
      expect(count).toBe(expected);
      if (expected > 0) expect(await wouldFire(id, expected)).toBe(true);
      expect(await wouldFire(id, expected + 1)).toBe(false);
      await deleteRule(personCtx(ground), rule.id);
      await clock.advance(2 * windowMs);
    }),
    { numRuns: 12 },
  );
}, 60_000);
