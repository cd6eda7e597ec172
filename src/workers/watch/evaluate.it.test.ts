import { afterEach, beforeEach, expect, test } from "vitest";
import type { RuleDraft } from "@/contracts/watch/rule";
import { systemCtx, transact } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { rulesCursorSeq } from "@/domain/watch/alerts";
import { createRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent, alertRows, ruleAbout, tellOfAgents, tellOfBlindSpell } from "@/testing/watch";
import { startEvaluator } from "./evaluate";

let ground: TestGround;
let clock: FakeClock;
beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00Z");
  ground = await testGround({ clock });
  await addWatchedAgent(ground, { id: "agt_a", name: "indexer" });
});
afterEach(() => ground.db.close());

const watchOffline = (more: Partial<RuleDraft> = {}) =>
  createRule(personCtx(ground), ruleAbout({ kind: "offline" }, more));

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

/** Lets the loops' timers run out, step by step, until it is so. */
const passingTime = (probe: () => Promise<void>, stepMs = 100) =>
  eventually(async () => {
    await clock.advance(stepMs);
    await probe();
    return true;
  });

async function fired(): Promise<number> {
  const rows = await ground.db.sql`
    select kind from facts_pending where kind = 'alert.fired'
    union all select kind from facts where kind = 'alert.fired'`;
  return rows.length;
}

const turnOf = async () => (await ground.db.sql`select * from watch_turns where name = 'evaluate'`)[0];

test("what concerns no rule is passed, what does is judged, also after a message that was lost", async () => {
  await watchOffline();
  const evaluator = startEvaluator(ground, []);
  try {
    for (let count = 0; count < 3; count++) {
      await somethingElse();
      await stamp();
    }
    await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
    await stamp({ tell: false });
    await somethingElse();
    const last = await stamp();
    await passingTime(async () => expect(await alertRows(ground)).toMatchObject([{ state: "firing" }]));
    await passingTime(async () => expect(await rulesCursorSeq(ground)).toBeGreaterThanOrEqual(last));
    await passingTime(async () => expect(await turnOf()).toMatchObject({ stopped: false, backlog: 0 }));
  } finally {
    await evaluator.stop();
  }
});

test("a command that succeeds is passed while none has failed, and ends what one began", async () => {
  await createRule(
    personCtx(ground),
    ruleAbout({ kind: "command-failed", kinds: [], count: 1, windowMs: 3_600_000 }),
  );
  const command = async (kind: "command.failed" | "command.succeeded") => {
    await transact(systemCtx(ground), async (unit) =>
      unit.record({
        kind,
        target: { kind: "command", id: "cmd_a", name: "indexer" },
        after: { state: kind.slice(8), message: null },
        data: { agentId: "agt_a", kind: "restart" },
      }),
    );
    return stamp();
  };
  const evaluator = startEvaluator(ground, []);
  try {
    const passed = await command("command.succeeded");
    await passingTime(async () => expect(await rulesCursorSeq(ground)).toBeGreaterThanOrEqual(passed));
    expect(await ground.db.sql`select * from alert_states`).toEqual([]);
    await command("command.failed");
    await passingTime(async () => expect(await alertRows(ground)).toMatchObject([{ state: "firing" }]));
    await command("command.succeeded");
    await passingTime(async () => expect(await alertRows(ground)).toMatchObject([{ state: "resolved" }]));
  } finally {
    await evaluator.stop();
  }
});

test("what time alone moves on moves at its moment, not at the next tick", async () => {
  await watchOffline({ forMs: 10_250 });
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await stamp();
  const evaluator = startEvaluator(ground, []);
  try {
    await passingTime(async () => expect(await alertRows(ground)).toHaveLength(1));
    const [row] = await alertRows(ground);
    // Six seconds of silence had passed when the fact came.
    expect(row?.firedAt).toEqual(new Date("2026-11-21T10:00:04.250Z"));
    expect(row?.since).toEqual(new Date("2026-11-21T09:59:54Z"));
  } finally {
    await evaluator.stop();
  }
});

test("evaluators one after another, and two at once, go on where the last one stood and tell nothing twice", async () => {
  await watchOffline({ forMs: 60_000 });
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await stamp();
  const first = startEvaluator(ground, []);
  await eventually(async () => {
    const [state] = await ground.db.sql`select state from alert_states`;
    return state?.state === "pending";
  });
  await first.stop();
  await clock.advance(4_000);
  const both = [startEvaluator(ground, []), startEvaluator(ground, [])];
  await passingTime(async () => expect(await alertRows(ground)).toHaveLength(1), 2_000);
  await tellOfAgents(ground, "agent.came_online", ["agt_a"]);
  await stamp();
  await passingTime(async () => expect(await alertRows(ground)).toMatchObject([{ state: "resolved" }]));
  await Promise.all(both.map((each) => each.stop()));
  expect(await fired()).toBe(1);
});

/** `run` while an evaluator turns that has judged an agent offline, which fires after `forMs`. */
async function whileEvaluating(forMs: number, run: () => Promise<void>): Promise<void> {
  await watchOffline({ forMs });
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await stamp();
  const evaluator = startEvaluator(ground, []);
  try {
    await passingTime(async () => expect(await turnOf()).toBeDefined());
    await run();
  } finally {
    await evaluator.stop();
  }
}

/** The sweeper's word that nobody watched until now. */
const tellOfBlindness = async (from: Date) => {
  await tellOfBlindSpell(ground, { fromMs: from.getTime(), toMs: clock.nowMs() });
  await stamp();
};

test("after a pause of ours what is due waits for the word that we were blind", async () => {
  await watchOffline({ forMs: 60_000 });
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await stamp();
  const before = startEvaluator(ground, []);
  await eventually(async () => (await turnOf()) !== undefined);
  await before.stop();
  const from = clock.now();
  await clock.advance(600_000);
  const after = startEvaluator(ground, []);
  try {
    await clock.advance(3_000);
    await tellOfBlindness(from);
    await passingTime(async () => expect(await fired()).toBe(1), 2_000);
    const [row] = await alertRows(ground);
    // 54 s were left when we went blind; they and the grace time begin when we see again.
    expect(row?.firedAt).toEqual(new Date("2026-11-21T10:11:12.000Z"));
  } finally {
    await after.stop();
  }
});

test("so it does when the database was away for a while", async () => {
  await whileEvaluating(60_000, async () => {
    const from = clock.now();
    await ground.db.sql`alter table facts rename to facts_away`;
    for (let passed = 0; passed < 600_000; passed += 2_000) await clock.advance(2_000);
    await ground.db.sql`alter table facts_away rename to facts`;
    await passingTime(async () =>
      expect(new Date((await turnOf())?.at).getTime()).toBeGreaterThan(from.getTime() + 600_000),
    );
    expect(await alertRows(ground)).toEqual([]);
    await tellOfBlindness(from);
    await passingTime(async () => expect(await fired()).toBe(1), 2_000);
    const [row] = await alertRows(ground);
    expect(row?.firedAt?.getTime()).toBeGreaterThan(from.getTime() + 600_000 + 54_000);
  });
});

test("and when the database only took as long as an outage to answer", async () => {
  await whileEvaluating(60_000, async () => {
    const from = clock.now();
    await ground.db.sql.begin(async (tx) => {
      await tx`lock table facts in access exclusive mode`;
      // The question that waits for this lock is asked first.
      await passingTime(async () => {
        const waiting = await tx`select from pg_locks where not granted and relation = 'facts'::regclass`;
        expect(waiting.length).toBeGreaterThan(0);
      });
      await clock.advance(600_000);
    });
    const againMs = clock.nowMs() + 5_000;
    await passingTime(async () => expect(clock.nowMs()).toBeGreaterThan(againMs));
    expect(await fired()).toBe(0);
    await tellOfBlindness(from);
    await passingTime(async () => expect(await fired()).toBe(1), 2_000);
    const [row] = await alertRows(ground);
    expect(row?.firedAt?.getTime()).toBeGreaterThan(from.getTime() + 600_000 + 54_000);
  });
});

test("what is due and can't be judged is no turn that went well, however often it is tried", async () => {
  await whileEvaluating(10_000, async () => {
    await ground.db.sql`alter table alerts rename to alerts_away`;
    const failedAtMs = clock.nowMs() + 10_000;
    const untilMs = failedAtMs + 60_000;
    await passingTime(async () => expect(clock.nowMs()).toBeGreaterThan(untilMs), 700);
    expect(new Date((await turnOf())?.at).getTime()).toBeLessThan(failedAtMs + 2_000);
  });
});

test("a reader by the clock is asked at its pace, and what it saw is judged", async () => {
  const rule = await watchOffline();
  const asked: number[] = [];
  const reader = {
    name: "test",
    everyMs: 5_000,
    read: async () => {
      asked.push(clock.nowMs());
      const at = clock.now();
      const subject = { kind: "agent", id: "agt_a", name: "indexer" } as const;
      const seen = { truth: "bad" as const, since: at, value: 7, summary: "Seen by the clock" };
      const observation = { ruleId: rule.id, subject, agent: null, at, lastKnown: null, count: 1, ...seen };
      return { observations: [observation], next: null };
    },
  };
  const evaluator = startEvaluator(ground, [reader]);
  try {
    await passingTime(async () => expect(await alertRows(ground)).toMatchObject([{ value: 7 }]));
    await passingTime(async () => expect(asked.length).toBeGreaterThan(2));
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(5_000);
    expect(await alertRows(ground)).toHaveLength(1);
  } finally {
    await evaluator.stop();
  }
});
