import { afterEach, beforeEach, expect, test } from "vitest";
import { changeStatuses } from "@/domain/fleet/agents/change-status";
import { readFacts, systemCtx } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { changeRule, createRule, deleteRule } from "@/domain/watch/rules";
import { fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import {
  addWatchedAgent,
  addWatchedAgents,
  alertRows,
  evaluateAll,
  ruleAbout,
  tellOfAgents,
} from "@/testing/watch";
import { evaluateFacts, getAlert } from ".";

let ground: TestGround;
let clock: ReturnType<typeof fakeClock>;
beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00Z");
  ground = await testGround({ clock });
});
afterEach(() => ground.db.close());

const offline = () =>
  createRule(
    personCtx(ground),
    ruleAbout({ kind: "offline" }, { severity: "critical", runbook: "Look.", labels: { team: "ops" } }),
  );
const states = async () => (await alertRows(ground)).map((row) => row.state).sort();

test("an alert fires once, in the words of its rule and its agent, and resolves", async () => {
  const rule = await offline();
  await addWatchedAgent(ground, {
    id: "agt_a",
    name: "indexer",
    group: "search",
    tags: ["prod"],
    host: "web-1",
  });
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await evaluateAll(ground);
  const [alert, ...others] = await alertRows(ground);
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    ruleId: rule.id,
    ruleVersion: 1,
    kind: "offline",
    severity: "critical",
    state: "firing",
    subjectKind: "agent",
    subjectName: "indexer",
    group: "search",
    host: "web-1",
    tags: ["prod"],
    labels: { team: "ops" },
    status: "offline",
    runbook: "Look.",
    flapping: false,
    since: new Date("2026-11-21T09:59:54Z"),
  });
  expect(alert?.lastKnown).toContain("nightly index");
  await clock.advance(60_000);
  await tellOfAgents(ground, "agent.came_online", ["agt_a"]);
  await evaluateAll(ground);
  expect(await alertRows(ground)).toMatchObject([
    { state: "resolved", resolution: "Back online after 1 min", status: "online" },
  ]);
});

test("facts carry the whole alert and then its patch", async () => {
  await offline();
  await addWatchedAgent(ground, { id: "agt_a" });
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await tellOfAgents(ground, "agent.stopped", ["agt_a"], personCtx(ground, "operator"));
  await evaluateAll(ground);
  const facts = await readFacts(ground.db, 0, 100);
  const fired = facts.find((fact) => fact.kind === "alert.fired");
  const resolved = facts.find((fact) => fact.kind === "alert.resolved");
  const [row] = await alertRows(ground);
  const alert = await getAlert(personCtx(ground, "viewer"), row?.id ?? "");
  expect(alert).toMatchObject({ ...fired?.after, ...resolved?.after });
  expect(alert.resolution).toBe("Stopped on purpose by Test operator");
  expect(fired?.data).toEqual({ agentId: "agt_a", ruleId: alert.ruleId });
});

test("facts that were judged are not judged again, also by other evaluators at once", async () => {
  await offline();
  await tellOfAgents(ground, "agent.went_offline", ["agt_a", "agt_b"]);
  await stampFacts(ground);
  const facts = await readFacts(ground.db, 0, 100);
  await Promise.all([1, 2, 3, 4, 5].map(() => evaluateFacts(systemCtx(ground), facts)));
  expect(await alertRows(ground)).toHaveLength(2);
});

test("an agent that fell, came back and fell again while nobody looked has its whole story", async () => {
  await offline();
  for (let round = 0; round < 3; round++) {
    await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
    await clock.advance(60_000);
    if (round < 2) await tellOfAgents(ground, "agent.came_online", ["agt_a"]);
    await clock.advance(60_000);
  }
  await evaluateAll(ground);
  expect(await states()).toEqual(["firing", "resolved", "resolved"]);
});

test("the order of the log counts, not the clocks of those who wrote it", async () => {
  await offline();
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  clock.setWall(new Date("2026-11-21T09:59:58Z"));
  await tellOfAgents(ground, "agent.came_online", ["agt_a"]);
  await evaluateAll(ground);
  const [row] = await alertRows(ground);
  expect(row).toMatchObject({ state: "resolved" });
  expect(row?.resolvedAt?.getTime()).toBeGreaterThanOrEqual(row?.firedAt.getTime() ?? 0);
});

test("a rule that is switched off, narrowed or deleted ends its alerts, and forgets what waited", async () => {
  const ctx = personCtx(ground);
  await addWatchedAgent(ground, { id: "agt_a", tags: ["prod"] });
  await addWatchedAgent(ground, { id: "agt_b", tags: ["test"] });
  const rule = await offline();
  await createRule(ctx, ruleAbout({ kind: "offline" }, { forMs: 600_000, name: "Later" }));
  await tellOfAgents(ground, "agent.went_offline", ["agt_a", "agt_b"]);
  await evaluateAll(ground);
  await changeRule(ctx, { id: rule.id, scope: { kind: "tag", tag: "prod" } });
  expect((await alertRows(ground, "agt_a"))[0]?.state).toBe("firing");
  expect((await alertRows(ground, "agt_b"))[0]?.state).toBe("resolved");
  await deleteRule(ctx, rule.id);
  expect((await alertRows(ground, "agt_a"))[0]?.resolution).toBe("The rule was deleted by Test admin");
  const left = await ground.db.sql`select state, count(*)::int as count from alert_states group by 1`;
  expect(left).toEqual([{ state: "pending", count: 2 }]);
});

test("whoever is taken out of the scope, or out of the fleet, leaves no dead alarm", async () => {
  const rule = ruleAbout({ kind: "offline" }, { scope: { kind: "tag", tag: "prod" }, recoverMs: 600_000 });
  await createRule(personCtx(ground), rule);
  for (const id of ["agt_a", "agt_b"]) await addWatchedAgent(ground, { id, tags: ["prod"] });
  await tellOfAgents(ground, "agent.went_offline", ["agt_a", "agt_b"]);
  await evaluateAll(ground);
  await ground.db.sql`update agents set tags = '{}' where id = 'agt_a'`;
  await tellOfAgents(ground, "agent.changed", ["agt_a"], personCtx(ground));
  await tellOfAgents(ground, "agent.removed", ["agt_b"], personCtx(ground));
  await evaluateAll(ground);
  const ends = (await alertRows(ground)).map((row) => [row.agentId, row.resolution]);
  expect(ends.sort()).toEqual([
    ["agt_a", "Taken out of the rule's scope by Test admin"],
    ["agt_b", "Removed from the fleet by Test admin"],
  ]);
});

test("an alert whose state was lost goes on instead of a second one", async () => {
  await offline();
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await evaluateAll(ground);
  await ground.db.sql`delete from alert_states`;
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await evaluateAll(ground);
  await tellOfAgents(ground, "agent.came_online", ["agt_a"]);
  await evaluateAll(ground);
  expect(await states()).toEqual(["resolved"]);
  const told = await ground.db.sql`select kind from facts where kind like 'alert.%' order by seq`;
  expect(told.map(({ kind }) => kind)).toEqual(["alert.fired", "alert.resolved"]);
});

test("ten thousand agents at once, and back, in transactions of two thousand changes", async () => {
  await offline();
  await createRule(personCtx(ground), ruleAbout({ kind: "outage", percent: 50, atLeast: 10 }));
  await createRule(personCtx(ground), ruleAbout({ kind: "host-down", atLeast: 3 }));
  const list = Array.from({ length: 10_000 }, (_, index) => ({
    id: `agt_${index}`,
    host: `host-${Math.floor(index / 100)}`,
  }));
  await addWatchedAgents(ground, list);
  const change = async (kind: "silent" | "beat") => {
    for (let start = 0; start < list.length; start += 500) {
      const receivedAt = ground.clock.now();
      const events = list.slice(start, start + 500).map(({ id: agentId }) => ({
        agentId,
        event:
          kind === "silent"
            ? ({ kind, silentForMs: 6_000 } as const)
            : ({ kind, activity: "idle", receivedAt } as const),
      }));
      await changeStatuses(systemCtx(ground), events);
    }
    await evaluateAll(ground);
  };
  const count = async (state: string) => {
    const rows = await ground.db.sql<{ kind: string; count: number }[]>`
      select kind, count(*)::int as count from alerts where state = ${state} group by 1 order by 1`;
    return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
  };
  await change("silent");
  expect(await count("firing")).toEqual({ offline: 10_000, outage: 1, "host-down": 100 });
  const first = await ground.db.sql<{ kind: string }[]>`
    select f.after->>'kind' as kind from facts f where f.kind = 'alert.fired' order by seq limit 11`;
  expect(first.map(({ kind }) => kind)).toEqual(["outage", ...Array(10).fill("host-down")]);
  await clock.advance(60_000);
  await change("beat");
  expect(await count("firing")).toEqual({});
  expect(await count("resolved")).toEqual({ offline: 10_000, outage: 1, "host-down": 100 });
}, 120_000);
