import { afterAll, beforeAll, expect, it } from "vitest";
import { findGroups } from "@/domain/fleet/groups/find-groups";
import { createJoinToken } from "@/domain/fleet/join-tokens/create-join-token";
import { enrol } from "@/domain/fleet/join-tokens/enrol";
import { findJoinTokens } from "@/domain/fleet/join-tokens/find-join-tokens";
import { revokeJoinToken } from "@/domain/fleet/join-tokens/revoke-join-token";
import { findAgentByKey } from "@/domain/fleet/keys/find-agent-by-key";
import { readFacts, systemCtx } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { sha256Hex } from "@/platform/crypto";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import {
  agentTimeline,
  changeAgent,
  changeStatuses,
  createAgent,
  findAgent,
  findAgents,
  loadBoardAgents,
  removeAgent,
  uptimeOf,
} from ".";

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
  await ground.db.sql`insert into accounts (id, name, created_at) values ('acc_other', 'Other', now())`;
});
afterAll(() => ground.db.close());
const ctx = () => personCtx(ground);
const stranger = () => personCtx(ground, "admin", "acc_other");

it("adds an agent with a key that only exists as a hash, and tells it whole", async () => {
  const made = await createAgent(ctx(), { name: "mailer", group: "Edge", tags: ["prod", "eu"] });
  expect(made).toMatchObject({
    name: "mailer",
    group: "Edge",
    tags: ["prod", "eu"],
    status: "never-connected",
  });
  expect(made.key).toMatch(/^mca_[\w-]{43}$/);
  const rows = await ground.db
    .sql`select to_jsonb(k)::text as row from agent_keys k where agent_id = ${made.id}`;
  expect(rows[0]?.row).not.toContain(made.key);
  expect(await findAgentByKey(ground, sha256Hex(made.key))).toMatchObject({
    agentId: made.id,
    name: "mailer",
  });
  await stampFacts(ground);
  const facts = await readFacts(ground.db, 0, 100);
  const added = facts.find((fact) => fact.kind === "agent.added");
  const { key, ...agent } = made;
  expect(added?.after).toEqual(agent);
  expect(JSON.stringify(facts)).not.toContain(key);
});

it("refuses a name that is taken, whatever its capitals, and a person who may not", async () => {
  await createAgent(ctx(), { name: "Twin" });
  await expect(createAgent(ctx(), { name: "tWIN" })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining('already an agent named "tWIN"'),
  });
  const both = await Promise.allSettled([
    createAgent(ctx(), { name: "race" }),
    createAgent(ctx(), { name: "race" }),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(createAgent(personCtx(ground, "viewer"), { name: "x" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("keeps the agents of another account apart", async () => {
  const { id } = await createAgent(stranger(), { name: "mailer", group: "Edge" });
  await expect(findAgent(ctx(), id)).rejects.toMatchObject({ code: "not-found" });
  await expect(changeAgent(ctx(), { id, name: "mine" })).rejects.toMatchObject({ code: "not-found" });
  await expect(removeAgent(ctx(), id)).rejects.toMatchObject({ code: "not-found" });
  await expect(agentTimeline(ctx(), id, { limit: 5 })).rejects.toMatchObject({ code: "not-found" });
  expect((await findAgents(ctx(), { limit: 500 })).items.some((agent) => agent.id === id)).toBe(false);
  const connected = { agentId: id, event: { kind: "lost-sight" } } as const;
  expect((await changeStatuses(systemCtx(ground), [connected])).size).toBe(0);
});

it("changes what is asked and tells only what changed", async () => {
  const { id } = await createAgent(ctx(), { name: "worker", group: "Old", tags: ["a"] });
  const changed = await changeAgent(ctx(), { id, name: "worker", group: "new group" });
  expect(changed).toMatchObject({ name: "worker", group: "new group", tags: ["a"] });
  await changeAgent(ctx(), { id, group: null, tags: [] });
  await changeAgent(ctx(), { id, tags: [] });
  await stampFacts(ground);
  const facts = (await readFacts(ground.db, 0, 1_000)).filter(
    (fact) => fact.target?.id === id && fact.kind === "agent.changed",
  );
  expect(facts.map((fact) => fact.after)).toEqual([{ group: "new group" }, { group: null, tags: [] }]);
  const groups = await findGroups(ctx());
  expect(groups.find((group) => group.name === "Old")?.agents).toBe(0);
});

it("pages through agents without gap or repeat, and filters", async () => {
  for (let index = 0; index < 7; index++) {
    await createAgent(ctx(), { name: `paged ${index}`, group: "Paged", tags: [index % 2 ? "odd" : "even"] });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await findAgents(ctx(), { limit: 3, group: "paged", cursor });
    seen.push(...page.items.map((agent) => agent.name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(Array.from({ length: 7 }, (_, index) => `paged ${index}`));
  const names = async (query: object) =>
    (await findAgents(ctx(), { limit: 50, ...query })).items.map((agent) => agent.name);
  expect(await names({ group: "Paged", tag: "odd" })).toEqual(["paged 1", "paged 3", "paged 5"]);
  expect(await names({ q: "AGED 4" })).toEqual(["paged 4"]);
  expect(await names({ q: "%" })).toEqual([]);
  expect(await names({ status: "online" })).toEqual([]);
  const board = await loadBoardAgents(ground.db);
  expect(board.filter(({ account }) => account === "acc_other")).toHaveLength(1);
});

it("reads a timeline in pages, and an uptime out of facts", async () => {
  const { id } = await createAgent(ctx(), { name: "storied" });
  for (const event of [
    { kind: "lost-sight" },
    { kind: "beat", activity: "idle", receivedAt: new Date(Date.now() + 1_000) },
    { kind: "silent", silentForMs: 6_000 },
    { kind: "beat", activity: "idle", receivedAt: new Date(Date.now() + 1_000) },
  ] as const) {
    await changeStatuses(systemCtx(ground), [{ agentId: id, event }]);
  }
  await stampFacts(ground);
  const kinds: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await agentTimeline(ctx(), id, { limit: 2, cursor });
    kinds.push(...page.items.map((item) => item.kind));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(kinds).toEqual(["agent.came_online", "agent.went_offline", "agent.came_online", "agent.added"]);
  const uptime = await uptimeOf(ctx(), id);
  expect(uptime.slices).toHaveLength(96);
  expect(uptime.slices.at(-1)?.status).toBe("offline");
  expect(uptime.slices[0]?.status).toBeNull();
});

it("lists join tokens the newest first, and none is out of reach behind a page", async () => {
  const made: string[] = [];
  for (const uses of [1, 2, 3]) made.push((await createJoinToken(ctx(), { uses, expiresInMinutes: 5 })).id);
  const [first, second] = [await findJoinTokens(ctx(), { limit: 2 }), made[1]];
  expect(first.items.map(({ id }) => id)).toEqual([made[2], second]);
  expect(first.nextCursor).not.toBeNull();
  const rest = await findJoinTokens(ctx(), { limit: 500, cursor: first.nextCursor ?? "" });
  expect(rest.items[0]?.id).toBe(made[0]);
  expect(rest.nextCursor).toBeNull();
});

it("enrols as often as a join token allows, into its group, and not once more", async () => {
  const made = await createJoinToken(ctx(), { group: "Joined", uses: 2, expiresInMinutes: 5 });
  const join = (name: string, token = made.token) => enrol(ground, { token, name, group: "Elsewhere" }, null);
  const tries = await Promise.allSettled(["j1", "j2", "j3", "j4"].map((name) => join(name)));
  const joined = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(joined).toHaveLength(2);
  expect(joined[0]).toMatchObject({ group: "Joined", key: expect.stringMatching(/^mca_/) });
  expect((await findJoinTokens(ctx(), { limit: 1 })).items[0]).toMatchObject({
    usesLeft: 0,
    group: "Joined",
  });
  const other = await createJoinToken(ctx(), { uses: 1, expiresInMinutes: 5 });
  await expect(join("j-taken", "mcj_wrong")).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(join("Twin", other.token)).rejects.toMatchObject({ code: "conflict" });
  await join("after a conflict the use is still there", other.token);
  const revoked = await createJoinToken(ctx(), { expiresInMinutes: 5 });
  await revokeJoinToken(ctx(), revoked.id);
  await revokeJoinToken(ctx(), revoked.id);
  await expect(join("late", revoked.token)).rejects.toMatchObject({ code: "unauthenticated" });
});
