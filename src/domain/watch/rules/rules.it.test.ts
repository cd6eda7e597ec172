import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { accounts, alertStates, channels, factsPending, rules, ruleVersions } from "@/db/schema";
import { mainAccount, systemCtx, transact } from "@/domain/kernel";
import { judge } from "@/domain/watch/alerts";
import { createChannel } from "@/domain/watch/channels";
import type { Observation } from "@/domain/watch/observe/observation";
import { anyAddress } from "@/testing/any-address";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent, alertRows } from "@/testing/watch";
import {
  changeRule,
  createRule,
  defaultRules,
  deleteRule,
  duplicateRule,
  ensureDefaultRules,
  getRule,
  listRules,
  listRuleVersions,
  readRules,
  restoreRule,
} from ".";

let ground: TestGround;
let clock: FakeClock;
beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00.000Z");
  ground = await testGround({ clock });
});
afterEach(() => ground.db.close());

const admin = () => personCtx(ground, "admin");
const draft = (over: Partial<RuleDraft> = {}) =>
  ruleDraftSchema.parse({
    name: "Workers are offline",
    scope: { kind: "all" },
    condition: { kind: "offline" },
    severity: "warning",
    ...over,
  });
const webhook = async (name: string) =>
  (
    await createChannel(admin(), anyAddress, {
      kind: "slack",
      name,
      config: { url: "https://hooks.invalid/secret-part" },
    })
  ).id;
const factsOf = async () =>
  (await ground.db.orm.select().from(factsPending)).filter(({ kind }) => /^(rule|alert)\./.test(kind));

/** What the evaluator would do when an agent falls. */
async function fall(...ids: string[]): Promise<void> {
  const ctx = systemCtx(ground);
  await transact(ctx, async (unit) => {
    const rows = await readRules(ctx, unit.tx);
    const at = clock.now();
    const seen = rows.flatMap((row) =>
      ids.map(
        (id): Observation => ({
          ruleId: row.id,
          subject: { kind: "agent", id, name: id },
          agent: { id, name: id, group: null, host: null, tags: [], status: "offline" },
          ...{ at, since: at, truth: "bad", value: null, summary: "fell", lastKnown: null, count: 1 },
        }),
      ),
    );
    await judge(ctx, unit, rows, seen);
  });
}

test("the defaults come once, are sound, and stay deleted", async () => {
  await ensureDefaultRules(ground);
  await Promise.all([ensureDefaultRules(ground), ensureDefaultRules(ground)]);
  const all = await listRules(admin());
  expect(all.map(({ id }) => id).sort()).toEqual(
    defaultRules.map(({ key }) => `rul_${key}_${mainAccount}`).sort(),
  );
  expect(all.every(({ enabled, scope }) => enabled && scope.kind === "all")).toBe(true);
  await deleteRule(admin(), `rul_cpu_${mainAccount}`);
  await ensureDefaultRules(ground);
  expect(await listRules(admin())).toHaveLength(all.length - 1);
  // An installation from before the others existed gets them, and keeps its own first one.
  await ground.db.orm.insert(accounts).values({ id: "acc_old", name: "old", createdAt: clock.now() });
  const [first] = defaultRules;
  const own = { ...(first?.draft ?? draft()), name: "ours", enabled: false };
  await ground.db.orm.insert(rules).values({
    id: "rul_offline_acc_old",
    accountId: "acc_old",
    version: 3,
    draft: own,
    createdAt: clock.now(),
    changedAt: clock.now(),
  });
  await ground.db.orm.insert(ruleVersions).values({
    ruleId: "rul_offline_acc_old",
    version: 3,
    accountId: "acc_old",
    at: clock.now(),
    author: admin().actor,
    how: "changed",
    draft: own,
  });
  await ensureDefaultRules(ground);
  const old = await listRules(personCtx(ground, "admin", "acc_old"));
  expect(old).toHaveLength(defaultRules.length);
  expect(old.find(({ id }) => id === "rul_offline_acc_old")).toMatchObject({ name: "ours", version: 3 });
});

test("every change is a version with its author and a fact; the same words are none", async () => {
  const made = await createRule(admin(), draft());
  expect(made).toMatchObject({ version: 1, hints: [] });
  const same = await changeRule(admin(), { id: made.id, version: 1, ...draft() });
  expect(same.version).toBe(1);
  await clock.advance(60_000);
  const after = await changeRule(admin(), {
    id: made.id,
    version: 1,
    severity: "critical",
    labels: { team: "x" },
  });
  expect(after).toMatchObject({ version: 2, severity: "critical", changedAt: "2026-11-21T10:01:00.000Z" });
  const stale = changeRule(admin(), { id: made.id, version: 1, name: "mine" });
  await expect(stale).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Test admin changed “Workers are offline” while you were editing it"),
    details: { version: 2 },
  });
  const back = await restoreRule(admin(), { id: made.id, version: 1 });
  expect(back).toMatchObject({ version: 3, severity: "warning", labels: {} });
  const { items, nextCursor } = await listRuleVersions(admin(), { id: made.id, limit: 2 });
  expect(items.map(({ version, how, author, rule }) => [version, how, author.name, rule.severity])).toEqual([
    [3, "restored", "Test admin", "warning"],
    [2, "changed", "Test admin", "critical"],
  ]);
  const rest = await listRuleVersions(admin(), { id: made.id, limit: 2, cursor: nextCursor ?? "" });
  expect(rest).toMatchObject({ items: [{ version: 1, how: "created" }], nextCursor: null });
  expect(
    (await factsOf()).map(({ kind, before, after: told, data }) => ({ kind, before, told, data })),
  ).toMatchObject([
    { kind: "rule.created", told: { id: made.id, name: "Workers are offline" }, data: { how: "created" } },
    {
      kind: "rule.changed",
      before: { severity: "warning", labels: {} },
      told: { severity: "critical", labels: { team: "x" }, version: 2 },
      data: { how: "changed", ruleId: made.id },
    },
    { kind: "rule.changed", data: { how: "restored", fromVersion: 1 } },
  ]);
  await expect(getRule(personCtx(ground, "admin", "acc_other"), made.id)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(changeRule(personCtx(ground, "operator"), { id: made.id, name: "x" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a rule that can't work is refused in a sentence, one that may be meant gets a hint", async () => {
  const log = {
    kind: "log",
    level: "error",
    pattern: "(?<=a)b",
    regex: true,
    count: 1,
    windowMs: 60_000,
  } as const;
  await expect(createRule(admin(), draft({ condition: log }))).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("no RE2 expression"),
    details: { fields: [{ path: "condition.pattern" }] },
  });
  await expect(createRule(admin(), draft({ channelIds: ["chn_none"] }))).rejects.toMatchObject({
    code: "invalid",
  });
  await expect(createRule(admin(), draft({ noData: "alert" }))).rejects.toMatchObject({ code: "invalid" });
  await expect(createRule(admin(), draft({ except: [{ kind: "all" }] }))).rejects.toMatchObject({
    code: "invalid",
  });
  const { hints } = await createRule(
    admin(),
    draft({ scope: { kind: "group", group: "later" }, except: [{ kind: "tag", tag: "x" }] }),
  );
  expect(hints).toEqual([
    "There is no group “later” yet. Agents that join it are watched at once.",
    "No agent has the tag “x” yet. Those that get it are watched at once.",
  ]);
});

test("a time that is shorter than what the server calls stuck is told with the server's own", async () => {
  const stuck = (afterMs: number, forMs = 0) => draft({ condition: { kind: "stuck", afterMs }, forMs });
  expect((await createRule(admin(), stuck(15_000, 5_000))).hints).toEqual([
    "This server calls work stuck after 2 min without progress (MC_STUCK_AFTER_MS), so the rule fires then, not after 20 s.",
  ]);
  const { id, hints } = await createRule({ ...admin(), stuckAfterMs: 45_000 }, stuck(15_000));
  expect(hints[0]).toMatch(/^This server calls work stuck after 45 s .* not after 15 s\.$/);
  const same = await changeRule({ ...admin(), stuckAfterMs: 15_000 }, { id, severity: "info" });
  expect(same.hints).toEqual([]);
  expect((await createRule(admin(), stuck(60_000, 60_000))).hints).toEqual([]);
});

test("a deleted channel does not stand in the way of other changes, copies and old versions", async () => {
  const channelId = await webhook("Ops");
  const made = await createRule(admin(), draft({ channelIds: [channelId, channelId] }));
  expect(made.channelIds).toEqual([channelId]);
  await ground.db.orm.update(channels).set({ deletedAt: clock.now() }).where(eq(channels.id, channelId));
  expect(await changeRule(admin(), { id: made.id, enabled: false })).toMatchObject({ enabled: false });
  const copy = await duplicateRule(admin(), made.id);
  expect(copy).toMatchObject({
    name: "Workers are offline (copy)",
    enabled: false,
    channelIds: [],
    version: 1,
  });
  expect(copy.hints).toEqual([
    "A channel that it told is deleted and left out. Now the routes decide who is told.",
  ]);
  const long = await createRule(admin(), draft({ name: "x".repeat(120) }));
  expect((await duplicateRule(admin(), long.id)).name).toHaveLength(120);
  await deleteRule(admin(), made.id);
  await expect(deleteRule(admin(), made.id)).rejects.toMatchObject({ code: "not-found" });
  expect((await listRuleVersions(admin(), { id: made.id, limit: 9 })).items[0]).toMatchObject({
    how: "deleted",
  });
  const back = await restoreRule(admin(), { id: made.id, version: 1 });
  expect(back).toMatchObject({ id: made.id, version: 4, enabled: true, channelIds: [] });
  expect((await listRules(admin())).map(({ id }) => id)).toContain(made.id);
});

test("what a change leaves open is resolved with its reason, once", async () => {
  await addWatchedAgent(ground, { id: "agt_a", tags: ["prod"] });
  await addWatchedAgent(ground, { id: "agt_b" });
  const states = async (ruleId: string) =>
    (await ground.db.orm.select().from(alertStates))
      .filter((row) => row.ruleId === ruleId)
      .map(({ agentId }) => agentId);
  const ends = async (ruleId: string) =>
    (await alertRows(ground))
      .filter((row) => row.ruleId === ruleId)
      .map(({ agentId, state, resolution }) => [agentId, state, resolution])
      .sort();

  const narrowed = await createRule(admin(), draft({ name: "narrowed" }));
  const disabled = await createRule(admin(), draft({ name: "disabled" }));
  const asked = await createRule(admin(), draft({ name: "asks else" }));
  const deleted = await createRule(admin(), draft({ name: "deleted" }));
  const renamed = await createRule(admin(), draft({ name: "renamed" }));
  await fall("agt_a", "agt_b");
  await changeRule(admin(), { id: narrowed.id, scope: { kind: "tag", tag: "PROD" } });
  await changeRule(admin(), { id: disabled.id, enabled: false });
  await changeRule(admin(), { id: asked.id, condition: { kind: "no-heartbeat", afterMs: 60_000 } });
  await deleteRule(admin(), deleted.id);
  await changeRule(admin(), { id: renamed.id, name: "renamed now", severity: "info" });
  expect(await ends(narrowed.id)).toEqual([
    ["agt_a", "firing", null],
    ["agt_b", "resolved", "No longer watched: Test admin changed the rule"],
  ]);
  expect(await states(narrowed.id)).toEqual(["agt_a"]);
  for (const [rule, reason] of [
    [disabled, "The rule was switched off by Test admin"],
    [asked, "Test admin changed what the rule looks for"],
    [deleted, "The rule was deleted by Test admin"],
  ] as const) {
    expect(await ends(rule.id)).toEqual([
      ["agt_a", "resolved", reason],
      ["agt_b", "resolved", reason],
    ]);
    expect(await states(rule.id)).toEqual([]);
  }
  expect((await ends(renamed.id)).map(([, state]) => state)).toEqual(["firing", "firing"]);
  expect((await factsOf()).filter(({ kind }) => kind === "alert.resolved")).toHaveLength(7);
});

test("other durations move what waits for time", async () => {
  await addWatchedAgent(ground, { id: "agt_a" });
  const rule = await createRule(admin(), draft({ forMs: 600_000 }));
  await fall("agt_a");
  const due = async () =>
    (await ground.db.orm.select().from(alertStates)).map(({ dueAt }) => dueAt?.toISOString());
  expect(await due()).toEqual(["2026-11-21T10:10:00.000Z"]);
  await changeRule(admin(), { id: rule.id, forMs: 120_000 });
  expect(await due()).toEqual(["2026-11-21T10:02:00.000Z"]);
});
