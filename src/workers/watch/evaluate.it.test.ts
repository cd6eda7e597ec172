import { afterEach, beforeEach, expect, test } from "vitest";
import { transact } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { rulesCursorSeq } from "@/domain/watch/alerts";
import { ensureDefaultRules } from "@/domain/watch/rules";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent, alertRows, tellOfAgents } from "@/testing/watch";
import { startEvaluator } from "./evaluate";

let ground: TestGround;
beforeEach(async () => {
  ground = await testGround();
  await ensureDefaultRules(ground);
  await addWatchedAgent(ground, { id: "agt_a", name: "indexer" });
});
afterEach(() => ground.db.close());

/** Stamps what is pending and tells of it as the stamper does, unless the message is lost. */
async function stamp({ tell = true } = {}): Promise<number> {
  const facts = await stampFacts(ground);
  if (tell) ground.bus.publish("facts", facts);
  return facts.at(-1)?.seq ?? 0;
}

const somethingElse = () =>
  transact(personCtx(ground), async (unit) =>
    unit.record({ kind: "group.created", target: { kind: "group", id: "g", name: "g" } }),
  );

test("what concerns no rule is passed, what does is judged, also after a message that was lost", async () => {
  const evaluator = startEvaluator(ground);
  try {
    for (let count = 0; count < 3; count++) {
      await somethingElse();
      await stamp();
    }
    await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
    await stamp({ tell: false });
    await somethingElse();
    const last = await stamp();
    await eventually(async () => expect(await alertRows(ground)).toMatchObject([{ state: "firing" }]));
    await eventually(async () => expect(await rulesCursorSeq(ground)).toBeGreaterThanOrEqual(last));
  } finally {
    await evaluator.stop();
  }
});

test("a second evaluator goes on where the cursor stands, and judges nothing twice", async () => {
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await stamp();
  for (let round = 0; round < 2; round++) {
    const evaluator = startEvaluator(ground);
    await eventually(async () => expect(await alertRows(ground)).toHaveLength(1));
    await evaluator.stop();
  }
  const fired = await ground.db.sql`
    select kind from facts_pending where kind = 'alert.fired'
    union all select kind from facts where kind = 'alert.fired'`;
  expect(fired).toHaveLength(1);
});
