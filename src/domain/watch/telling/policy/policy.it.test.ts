import { afterEach, beforeEach, expect, test } from "vitest";
import type { AlertPolicy, Route } from "@/contracts/watch/policy";
import { channels } from "@/db/schema";
import { mainAccount } from "@/domain/kernel";
import { addAlertRow, addRuleRow } from "@/testing/firing-alert";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { branch, policyOf } from "@/testing/telling";
import { addWatchedAgent } from "@/testing/watch";
import {
  changePolicy,
  ensureDefaultPolicies,
  getPolicy,
  listPolicyVersions,
  previewRouting,
  restorePolicy,
} from ".";
import { defaultPolicy } from "./default-policy";

let ground: TestGround;
beforeEach(async () => {
  ground = await testGround();
  await ensureDefaultPolicies(ground);
  await ground.db.orm.insert(channels).values({
    id: "chn_ops",
    accountId: mainAccount,
    kind: "teams",
    name: "Ops",
    sealedConfig: "",
    target: "",
    enabled: true,
    failuresInRow: 0,
    createdAt: new Date(),
  });
});
afterEach(() => ground.db.close());
const admin = () => personCtx(ground);
const refusal = async (policy: AlertPolicy) => {
  const { version } = await getPolicy(admin());
  return changePolicy(admin(), { version, policy }).then(
    () => null,
    (error: Error) => error.message,
  );
};

test("every account has the shipped policy once; it is changed as a whole, with its history", async () => {
  await ensureDefaultPolicies(ground);
  expect(await getPolicy(admin())).toMatchObject({ version: 1, policy: defaultPolicy });
  const policy = policyOf({ channelIds: ["chn_ops"] });
  expect(await changePolicy(admin(), { version: 1, policy })).toMatchObject({ version: 2 });
  expect(await changePolicy(admin(), { version: 2, policy: structuredClone(policy) })).toMatchObject({
    version: 2,
  });
  await expect(changePolicy(admin(), { version: 1, policy })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Test admin changed the routes while you were editing them"),
  });
  expect(await restorePolicy(admin(), { version: 2, restore: 1 })).toMatchObject({
    version: 3,
    policy: defaultPolicy,
  });
  const first = await listPolicyVersions(admin(), { limit: 2 });
  expect(first.items.map(({ version, author }) => [version, author.name])).toEqual([
    [3, "Test admin"],
    [2, "Test admin"],
  ]);
  const rest = await listPolicyVersions(admin(), { limit: 2, cursor: first.nextCursor ?? "" });
  expect(rest).toMatchObject({ items: [{ version: 1 }], nextCursor: null });
  await expect(listPolicyVersions(admin(), { limit: 2, cursor: "x" })).rejects.toMatchObject({
    code: "invalid",
  });
  const facts = await ground.db.sql`
    select before->>'version' as before, after->>'version' as after from facts_pending where kind = 'policy.changed' order by id`;
  expect(facts).toMatchObject([
    { before: null, after: "1" },
    { before: "1", after: "2" },
    { before: "2", after: "3" },
  ]);
});

test("two editors at once: one of them is told", async () => {
  const ends = await Promise.allSettled(
    [10_000, 20_000].map((waitMs) => changePolicy(admin(), { version: 1, policy: policyOf({ waitMs }) })),
  );
  expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await getPolicy(admin())).version).toBe(2);
});

test("what can't work is refused with a sentence", async () => {
  const broken = { label: "kind", op: "=~", value: "(" } as const;
  expect(await refusal(policyOf({ routes: [branch({ id: "a" }), branch({ id: "a" })] }))).toContain(
    "the id a",
  );
  expect(await refusal(policyOf({ channelIds: ["chn_none"] }))).toContain("a channel that does not exist");
  expect(await refusal(policyOf({ matchers: [{ label: "kind", op: "=", value: "x" }] }))).toContain(
    "The root takes",
  );
  expect(await refusal(policyOf({ routes: [branch({ id: "a", matchers: [broken] })] }))).toContain(
    "regular expression",
  );
  const deep = (depth: number): Route[] =>
    depth === 0 ? [] : [branch({ id: `d${depth}`, routes: deep(depth - 1) })];
  expect(await refusal(policyOf({ routes: deep(8) }))).toBeNull();
  expect(await refusal(policyOf({ routes: deep(9) }))).toContain("deeper than 8");
  const many = Array.from({ length: 4 }, (_, one) =>
    branch({
      id: `m${one}`,
      routes: Array.from({ length: 50 }, (_, two) => branch({ id: `m${one}-${two}` })),
    }),
  );
  expect(await refusal(policyOf({ routes: many }))).toContain("at most 200");
  const inhibition = { id: "i", name: "i", source: [broken], target: [], equal: [], enabled: true };
  expect(await refusal(policyOf({}, [inhibition, inhibition]))).toContain("Two inhibitions have the id i");
});

test("only who manages rules changes it; everybody sees it", async () => {
  const viewer = personCtx(ground, "viewer");
  expect(await getPolicy(viewer)).toMatchObject({ version: 1 });
  expect(() => changePolicy(viewer, { version: 1, policy: policyOf() })).toThrow("admin");
  expect(() => restorePolicy(viewer, { version: 1, restore: 1 })).toThrow("admin");
});

test("a preview says whom labels reach, by the policy of now or by the one that is being edited", async () => {
  const labels = { severity: "critical", kind: "offline", rule: "Offline" };
  expect(await previewRouting(admin(), { labels })).toEqual({
    routes: [
      {
        id: "critical",
        name: "Critical",
        channels: [{ id: "chn_ops", name: "Ops" }],
        groupBy: ["rule"],
        key: { rule: "Offline" },
        waitMs: 0,
        intervalMs: 30_000,
        repeatMs: 14_400_000,
        quietUntil: null,
        escalation: [],
      },
    ],
    silencedBy: null,
    mutedBy: null,
  });
  const draft = policyOf({ routes: [branch({ id: "none", channelIds: ["chn_gone"] })] });
  expect((await previewRouting(admin(), { labels, policy: draft })).routes).toMatchObject([
    { id: "none", channels: [] },
  ]);
});

test("a preview says what mutes an agent: an outage of those to whom it belongs, and no other", async () => {
  const ctx = admin();
  const tagged = { kind: "tag", tag: "qa" } as const;
  const condition = { kind: "outage", percent: 50, atLeast: 2 } as const;
  const rule = await addRuleRow(ground, { name: "QA outage", scope: tagged, condition });
  const fleet = { kind: "outage", subjectKind: "fleet", subjectName: "Agents tagged qa" } as const;
  await addAlertRow(ground, rule, { ...fleet, agentId: null, tags: [], group: null, host: null });
  await addWatchedAgent(ground, { id: "agt_qa", name: "qa-a", tags: ["qa"] });
  await addWatchedAgent(ground, { id: "agt_cron", name: "nightly-export", group: "cron-workers" });
  const mutedBy = async (labels: Record<string, string>) =>
    (await previewRouting(ctx, { labels })).mutedBy?.source ?? null;
  const offline = { kind: "offline", severity: "critical" };
  expect(await mutedBy({ ...offline, agent: "qa-a" })).toBe("Agents tagged qa: QA outage");
  expect(await mutedBy({ ...offline, agent: "nightly-export" })).toBeNull();
  expect(await mutedBy({ ...offline, tag: "qa" })).toBe("Agents tagged qa: QA outage");
  expect(await mutedBy({ ...offline, group: "cron-workers" })).toBeNull();
  const policy = policyOf({
    routes: [branch({ id: "qa", matchers: [{ label: "tag", op: "=", value: "qa" }] })],
  });
  const routes = async (agent: string) =>
    (await previewRouting(ctx, { labels: { ...offline, agent }, policy })).routes.map(({ id }) => id);
  expect(await routes("qa-a"), "by the tags that the agent has").toEqual(["qa"]);
  expect(await routes("nightly-export")).toEqual(["root"]);
});
