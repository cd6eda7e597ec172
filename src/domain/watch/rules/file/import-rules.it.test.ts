import { afterEach, beforeEach, expect, test } from "vitest";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { ruleVersions } from "@/db/schema";
import { createChannel } from "@/domain/watch/channels";
import { anyAddress } from "@/testing/any-address";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { addWatchedAgent } from "@/testing/watch";
import {
  createRule,
  defaultRules,
  ensureDefaultRules,
  exportRules,
  getRule,
  importRules,
  listRules,
  listRuleVersions,
} from "..";

let ground: TestGround;
beforeEach(async () => {
  ground = await testGround();
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
test("a file goes out, comes back as the same, and changes only what it says", async () => {
  await ensureDefaultRules(ground);
  await addWatchedAgent(ground, { id: "agt_a", name: "indexer" });
  const channelId = await webhook("Ops: Slack");
  const made = await createRule(
    admin(),
    draft({ channelIds: [channelId], scope: { kind: "agents", agentIds: ["agt_a"] }, forMs: 90_000 }),
  );
  const yaml = await exportRules(personCtx(ground, "viewer"));
  expect(yaml).not.toContain("secret-part");
  expect(yaml).toContain(`name: Workers are offline
    severity: warning
    scope:
      agents:
        - indexer
    when:
      kind: offline
    for: 1m30s
    channels:
      - "Ops: Slack"`);
  const before = await ground.db.orm.select().from(ruleVersions);
  const same = await importRules(admin(), { yaml, apply: true });
  expect(same).toMatchObject({
    applied: true,
    created: 0,
    changed: 0,
    same: defaultRules.length + 1,
    untouched: [],
  });
  expect(await ground.db.orm.select().from(ruleVersions)).toHaveLength(before.length);

  const file = `rules:
  - name: Workers are offline
    severity: critical
    scope: { agents: [indexer] }
    when: { kind: offline }
    for: 1m30s
    channels: ["Ops: Slack"]
  - name: Queue is long
    severity: info
    scope: { group: none yet }
    when: { kind: metric, metric: queue.depth, op: above, value: 100 }
`;
  const dry = await importRules(admin(), { yaml: file, apply: false });
  expect(dry).toMatchObject({
    applied: false,
    created: 1,
    changed: 1,
    items: [
      {
        ruleId: made.id,
        act: "change",
        changes: [{ field: "severity", before: "warning", after: "critical" }],
      },
      { ruleId: null, act: "create", hints: [expect.stringContaining("none yet")] },
    ],
  });
  expect(dry.untouched).toHaveLength(defaultRules.length);
  expect(await getRule(admin(), made.id)).toMatchObject({ version: 1 });
  await importRules(admin(), { yaml: file, apply: true });
  expect(await getRule(admin(), made.id)).toMatchObject({
    version: 2,
    severity: "critical",
    channelIds: [channelId],
  });
  expect(await importRules(admin(), { yaml: file, apply: true })).toMatchObject({
    created: 0,
    changed: 0,
    same: 2,
  });
  expect((await listRuleVersions(admin(), { id: made.id, limit: 1 })).items).toMatchObject([
    { how: "imported" },
  ]);
});

test("one fault in a file, and nothing of it is done", async () => {
  await createRule(admin(), draft({ name: "twin" }));
  await createRule(admin(), draft({ name: "twin" }));
  const rule = (name: string, rest = "") =>
    `  - { name: ${name}, severity: info, scope: all, when: { kind: offline }${rest} }\n`;
  const refused = (yaml: string) => expect(importRules(admin(), { yaml, apply: true })).rejects;
  await refused(`rules:\n${rule("fine")}${rule("wrong", ", channels: [Nobody]")}`).toMatchObject({
    code: "invalid",
    message: expect.stringContaining("line 3: rules[1].channels[0] There is no channel “Nobody”"),
    details: { fields: [{ line: 3, path: "rules[1].channels[0]" }] },
  });
  await refused(`rules:\n${rule("one")}${rule("one")}`).toMatchObject({
    message: expect.stringContaining("line 3: rules[1].name is the same rule as rules[0]"),
  });
  await refused(`rules:\n${rule("twin")}`).toMatchObject({
    message: expect.stringContaining("is the name of several rules"),
  });
  await refused(
    `rules:\n${rule("twin")}${rule("wrong", ", channels: [Nobody], sevrity: info")}`,
  ).toMatchObject({
    message: expect.stringMatching(
      /^The file is not right and nothing was changed:\nline 2: [^\n]*[^.\n]\nline 3: [^\n]*[^.\n]\nline 3: [^\n]*[^.\n]$/,
    ),
  });
  await refused("rules: [").toMatchObject({ code: "invalid" });
  expect((await listRules(admin())).map(({ name }) => name)).toEqual(["twin", "twin"]);
});
