import { afterEach, beforeEach, expect, test } from "vitest";
import { readFacts, systemCtx } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { changeChannel, createChannel, listChannels } from "@/domain/watch/channels";
import { changeRule, createRule, deleteRule, ensureDefaultRules, listRules } from "@/domain/watch/rules";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent, alertRows, notificationRows, tellOfAgents } from "@/testing/watch";
import { acknowledgeAlert, evaluateFacts, listAlerts, rulesCursorSeq } from ".";

let ground: TestGround;
beforeEach(async () => {
  ground = await testGround();
  await ensureDefaultRules(ground);
});
afterEach(() => ground.db.close());

const url = "https://hooks.example.com/workflows/abcdefghijklmnop?sig=very-secret";
const addChannel = (name: string) =>
  createChannel(personCtx(ground), { kind: "teams", name, config: { url } });

/** What the evaluator's loop does, to the end of the log. */
async function evaluateAll(): Promise<void> {
  while ((await stampFacts(ground)).length > 0);
  for (;;) {
    const facts = await readFacts(ground.db, await rulesCursorSeq(ground), 1_000);
    if (facts.length === 0) return;
    await evaluateFacts(systemCtx(ground), facts);
    while ((await stampFacts(ground)).length > 0);
  }
}

test("the default rule comes once, and stays away once deleted", async () => {
  const ctx = personCtx(ground);
  await ensureDefaultRules(ground);
  const [rule, ...others] = await listRules(ctx);
  expect(rule?.name).toBe("Any agent is offline");
  expect(others).toEqual([]);
  await deleteRule(ctx, rule?.id ?? "");
  await ensureDefaultRules(ground);
  expect(await listRules(ctx)).toEqual([]);
});

test("an alert fires once, is told to each channel, and its end goes to exactly those", async () => {
  await addWatchedAgent(ground, { id: "agt_a", name: "indexer", group: "search" });
  const first = await addChannel("first");
  const silent = await addChannel("silent");
  await changeChannel(personCtx(ground), { id: silent.id, enabled: false });
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await evaluateAll();
  const [alert, ...others] = await alertRows(ground);
  expect(others).toEqual([]);
  expect(alert).toMatchObject({ state: "firing", agentName: "indexer", group: "search", host: "web-1" });
  expect(alert?.lastKnown).toContain("nightly index");
  expect((await notificationRows(ground)).map((row) => [row.channelId, row.event])).toEqual([
    [first.id, "firing"],
  ]);

  await changeChannel(personCtx(ground), { id: silent.id, enabled: true });
  await addChannel("new");
  await tellOfAgents(ground, "agent.came_online", ["agt_a"]);
  await evaluateAll();
  expect((await alertRows(ground))[0]).toMatchObject({
    state: "resolved",
    resolution: "Back online after 6 s",
  });
  expect((await notificationRows(ground)).map((row) => [row.channelId, row.event])).toEqual([
    [first.id, "firing"],
    [first.id, "resolved"],
  ]);
});

test("facts carry the whole alert and then its patch, and never a webhook's address", async () => {
  await addChannel("Ops");
  await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
  await tellOfAgents(ground, "agent.stopped", ["agt_a"], personCtx(ground, "operator"));
  await evaluateAll();
  const facts = await readFacts(ground.db, 0, 100);
  const { items } = await listAlerts(personCtx(ground, "viewer"), { limit: 10 });
  const fired = facts.find((fact) => fact.kind === "alert.fired");
  const resolved = facts.find((fact) => fact.kind === "alert.resolved");
  expect({ ...fired?.after, ...resolved?.after }).toEqual(items[0]);
  expect(items[0]?.resolution).toBe("Stopped on purpose by Test operator");
  expect(JSON.stringify([facts, await listChannels(personCtx(ground))])).not.toContain("very-secret");
});

test("facts that were judged are not judged again, also by a second evaluator at once", async () => {
  await addChannel("Ops");
  await tellOfAgents(ground, "agent.went_offline", ["agt_a", "agt_b"]);
  await stampFacts(ground);
  const facts = await readFacts(ground.db, 0, 100);
  await Promise.all([1, 2, 3].map(() => evaluateFacts(systemCtx(ground), facts)));
  expect(await alertRows(ground)).toHaveLength(2);
  expect(await notificationRows(ground)).toHaveLength(2);
});

test("an agent that fell, came back and fell again while nobody looked has its whole story", async () => {
  await addChannel("Ops");
  for (let round = 0; round < 3; round++) {
    await tellOfAgents(ground, "agent.went_offline", ["agt_a"]);
    if (round < 2) await tellOfAgents(ground, "agent.came_online", ["agt_a"]);
  }
  await evaluateAll();
  expect((await alertRows(ground)).map((row) => row.state).sort()).toEqual([
    "firing",
    "resolved",
    "resolved",
  ]);
  expect(await notificationRows(ground)).toHaveLength(5);
});

test("a rule that is switched off, narrowed or deleted ends its alerts, told where they were told", async () => {
  const ctx = personCtx(ground);
  const [standard] = await listRules(ctx);
  await changeRule(ctx, { id: standard?.id ?? "", enabled: false });
  await addWatchedAgent(ground, { id: "agt_a", tags: ["prod"] });
  await addWatchedAgent(ground, { id: "agt_b", tags: ["test"] });
  const channel = await addChannel("Ops");
  await addChannel("other");
  const rule = await createRule(ctx, {
    name: "Prod",
    kind: "offline",
    scope: { kind: "all" },
    severity: "warning",
    enabled: true,
    channelIds: [channel.id],
  });
  await tellOfAgents(ground, "agent.went_offline", ["agt_a", "agt_b"]);
  await evaluateAll();
  await changeRule(ctx, { id: rule.id, scope: { kind: "tag", tag: "prod" } });
  expect((await alertRows(ground, "agt_a"))[0]?.state).toBe("firing");
  expect((await alertRows(ground, "agt_b"))[0]?.state).toBe("resolved");
  await deleteRule(ctx, rule.id);
  expect((await alertRows(ground, "agt_a"))[0]?.resolution).toBe("The rule was deleted by Test admin");
  const events = (await notificationRows(ground)).map((row) => [row.channelId === channel.id, row.event]);
  expect(events.sort()).toEqual([
    [true, "firing"],
    [true, "firing"],
    [true, "resolved"],
    [true, "resolved"],
  ]);
});

test("lists firing first in pages, and acknowledging keeps the first name", async () => {
  const ids = Array.from({ length: 7 }, (_, index) => `agt_${index}`);
  await tellOfAgents(ground, "agent.went_offline", ids);
  await tellOfAgents(ground, "agent.came_online", ids.slice(0, 4));
  await evaluateAll();
  const ctx = personCtx(ground, "operator");
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAlerts(ctx, { limit: 2, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map((alert) => `${alert.state} ${alert.agentId}`));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(seen).size).toBe(7);
  expect(seen.slice(0, 3).every((line) => line.startsWith("firing"))).toBe(true);
  const [alert] = (await listAlerts(ctx, { limit: 1, state: "firing" })).items;
  const first = await acknowledgeAlert(ctx, alert?.id ?? "");
  expect(await acknowledgeAlert(personCtx(ground), alert?.id ?? "")).toEqual(first);
  expect(first.acknowledgedBy).toBe("Test operator");
  expect(() => acknowledgeAlert(personCtx(ground, "viewer"), alert?.id ?? "")).toThrow(/viewer/);
  await expect(listAlerts(ctx, { limit: 1, cursor: "nonsense" })).rejects.toThrow(/cursor/);
});

test("ten thousand agents at once", async () => {
  await addChannel("Ops");
  const ids = Array.from({ length: 10_000 }, (_, index) => `agt_${index}`);
  for (let at = 0; at < ids.length; at += 5_000)
    await tellOfAgents(ground, "agent.went_offline", ids.slice(at, at + 5_000));
  await evaluateAll();
  const [alertCount] = await ground.db.sql<
    { count: string }[]
  >`select count(*) from alerts where state = 'firing'`;
  const [messageCount] = await ground.db.sql<{ count: string }[]>`select count(*) from notifications`;
  expect([alertCount?.count, messageCount?.count]).toEqual(["10000", "10000"]);
}, 120_000);
