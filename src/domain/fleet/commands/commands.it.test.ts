import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Command, RequestCommands } from "@/contracts/fleet/command";
import { accounts, commands, factsPending } from "@/db/schema";
import { changeAgent, createAgent, removeAgent } from "@/domain/fleet/agents";
import { type Ctx, mainAccount, type Refusal, systemCtx } from "@/domain/kernel";
import { fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import {
  cancelCommand,
  claimFor,
  endLateCommands,
  findCommand,
  findCommands,
  giveUpOnLost,
  reportCommand,
  requestCommands,
} from ".";
import { expiredBecause, lostMessage } from "./end-commands";

const clock = fakeClock("2026-11-21T08:00:00.000Z");
let ground: TestGround;
let mira: Ctx;
let jonas: Ctx;

beforeAll(async () => {
  ground = await testGround({ clock });
  mira = personCtx(ground, "operator");
  jonas = { ...personCtx(ground, "admin"), actor: { kind: "user", id: "usr_jonas", name: "Jonas" } };
});
afterAll(() => ground.db.close());

let count = 0;
const anAgent = async () => (await createAgent(mira, { name: `agent ${count++}` })).id;
const wish = (agentIds: string[], over: Partial<RequestCommands> = {}): RequestCommands => ({
  kind: "restart",
  reason: "leaks memory",
  agentIds,
  waitMs: 60_000,
  ...over,
});
const ask = async (agentId: string, over: Partial<RequestCommands> = {}): Promise<Command> => {
  const [command] = await requestCommands(mira, wish([agentId], over));
  if (!command) throw new Error("no command was made");
  return command;
};
const asAgent = (agentId: string): Ctx => ({
  ...systemCtx(ground),
  actor: { kind: "agent", id: agentId, name: agentId },
});
const report = (agentId: string, id: string, state: "acknowledged" | "running" | "succeeded" | "failed") =>
  reportCommand(asAgent(agentId), { id, state });
const claimed = async (agentIds: string[]): Promise<string[]> => {
  const ids: string[] = [];
  await claimFor(ground, mainAccount, agentIds, ({ id }) => ids.push(id));
  return ids;
};
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: Refusal) => error,
  );
const factsOf = async (id: string) =>
  (await ground.db.orm.select().from(factsPending).orderBy(factsPending.id))
    .filter((fact) => fact.target?.id === id)
    .map((fact) => fact.kind);

test("of two admins at once, one acts and the other is told who and what; nothing is done by halves", async () => {
  const [one, two, three] = [await anAgent(), await anAgent(), await anAgent()];
  const results = await Promise.allSettled([
    requestCommands(mira, wish([one, two])),
    requestCommands(jonas, wish([three, two], { kind: "kill" })),
  ]);
  const lost = results.findIndex((result) => result.status === "rejected");
  expect(results.filter((result) => result.status === "rejected")).toHaveLength(1);
  const refusal = results[lost]?.status === "rejected" ? (results[lost].reason as Refusal) : null;
  const winner = lost === 1 ? mira : jonas;
  expect(refusal?.code).toBe("conflict");
  expect(refusal?.message).toContain(winner.actor.name);
  expect(refusal?.details).toMatchObject({ conflicts: [{ agentId: two, requestedBy: winner.actor }] });
  const free = lost === 1 ? three : one;
  expect((await findCommands(mira, { limit: 10, agentId: free })).items).toEqual([]);
});

test("the same key gives the same answer, also at once; another request under it is a conflict", async () => {
  const agentId = await anAgent();
  const answers = await Promise.all([1, 2, 3].map(() => requestCommands(mira, wish([agentId]), "key-1")));
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(answers[0]).toHaveLength(1);
  const other = await refusalOf(requestCommands(mira, wish([agentId], { kind: "kill" }), "key-1"));
  expect(other.code).toBe("conflict");
  expect(other.message).toContain("Idempotency-Key");
  // Somebody else's key of the same text is another key: here it meets the open command.
  expect((await refusalOf(requestCommands(jonas, wish([agentId]), "key-1"))).details).toBeDefined();
});

test("a request that was refused leaves its key free, for all or nothing was done", async () => {
  const [free, busy] = [await anAgent(), await anAgent()];
  const open = await ask(busy);
  expect((await refusalOf(requestCommands(mira, wish([free, busy]), "key-2"))).code).toBe("conflict");
  expect((await findCommands(mira, { limit: 10, agentId: free })).items).toEqual([]);
  await cancelCommand(mira, open.id);
  expect(await requestCommands(mira, wish([free, busy]), "key-2")).toHaveLength(2);
});

test("a command is told of the agent's present name, though the agent is connected under another or was removed", async () => {
  const [renamed, removed] = [await anAgent(), await anAgent()];
  await changeAgent(jonas, { id: renamed, name: "renamed since" });
  await removeAgent(jonas, removed);
  const delivered: string[] = [];
  const reach = {
    nameOf: () => "as it came",
    deliver: (row: { askedName: string }) => void delivered.push(row.askedName),
  };
  const [command] = await requestCommands(mira, wish([renamed]), "key-3", reach);
  expect(command).toMatchObject({ agentName: "renamed since", state: "sent" });
  expect(await findCommand(mira, command?.id ?? "")).toEqual(command);
  expect(delivered).toEqual(["renamed since"]);
  expect(await requestCommands(mira, wish([renamed]), "key-3", reach)).toEqual([command]);
  expect((await refusalOf(requestCommands(mira, wish([removed]), null, reach))).code).toBe("not-found");
  await removeAgent(jonas, renamed);
  expect(await requestCommands(mira, wish([renamed]), "key-3")).toEqual([command]);
  expect((await refusalOf(requestCommands(mira, wish([renamed]), "key-4"))).code).toBe("not-found");
  expect(delivered).toHaveLength(1);
});

test("agents of another account, removed ones and invented ones are not found", async () => {
  await ground.db.orm.insert(accounts).values({ id: "acc_other", name: "Other", createdAt: clock.now() });
  const stranger = personCtx(ground, "admin", "acc_other");
  const theirs = await createAgent(stranger, { name: "theirs" });
  expect((await refusalOf(ask(theirs.id))).code).toBe("not-found");
  expect((await refusalOf(ask("agt_invented"))).code).toBe("not-found");
  const mine = await ask(await anAgent());
  expect((await refusalOf(findCommand(stranger, mine.id))).code).toBe("not-found");
  expect((await refusalOf(cancelCommand(stranger, mine.id))).code).toBe("not-found");
  expect((await findCommands(stranger, { limit: 10 })).items).toEqual([]);
});

test("a viewer may look, not act", async () => {
  const viewer = personCtx(ground, "viewer");
  expect((await refusalOf(requestCommands(viewer, wish([await anAgent()])))).code).toBe("forbidden");
  await findCommands(viewer, { limit: 1 });
});

test("an agent that has a command whose mark was lost says so first, and the log tells both", async () => {
  const agentId = await anAgent();
  const { id } = await ask(agentId);
  await expect(
    claimFor(ground, mainAccount, [agentId], () => {
      throw new Error("the transaction fails after the command left");
    }),
  ).rejects.toThrow("after the command left");
  expect(await findCommand(mira, id)).toMatchObject({ state: "queued" });
  expect(await report(agentId, id, "acknowledged")).toEqual({ ok: true });
  expect(await claimed([agentId])).toEqual([]);
  await report(agentId, id, "failed");
  expect(await factsOf(id)).toEqual([
    "command.requested",
    "command.sent",
    "command.acknowledged",
    "command.failed",
  ]);
});

test("a restart goes its way once: repeats are answered and change nothing, each move is one fact", async () => {
  const agentId = await anAgent();
  const { id } = await ask(agentId);
  expect((await report(agentId, id, "running")).ok).toBe(false);
  const claims = await Promise.all([1, 2, 3].map(() => claimed([agentId])));
  expect(claims.flat()).toEqual([id]);
  for (const state of ["acknowledged", "acknowledged", "running", "acknowledged", "running"] as const) {
    expect(await report(agentId, id, state)).toEqual({ ok: true });
  }
  const ends = await Promise.all([1, 2].map(() => report(agentId, id, "succeeded")));
  expect(ends).toEqual([{ ok: true }, { ok: true }]);
  expect(await report(agentId, id, "running")).toEqual({ ok: true });
  expect(await report(agentId, id, "failed")).toMatchObject({ ok: false, error: { code: "conflict" } });
  expect(await factsOf(id)).toEqual([
    "command.requested",
    "command.sent",
    "command.acknowledged",
    "command.started",
    "command.succeeded",
  ]);
  expect(await report(await anAgent(), id, "failed")).toMatchObject({
    ok: false,
    error: { code: "not-found" },
  });
});

test("what nobody acknowledged expires, and whoever comes later is told not to do it", async () => {
  const [away, silent, late] = [await anAgent(), await anAgent(), await anAgent()];
  const [queued, sent, slow] = [await ask(away), await ask(silent), await ask(late)];
  await claimed([silent, late]);
  await clock.advance(60_001);
  // The third agent's word comes before the expirer has looked.
  expect(await report(late, slow.id, "acknowledged")).toMatchObject({
    ok: false,
    error: { code: "expired" },
  });
  expect(await claimed([away])).toEqual([]);
  await endLateCommands(ground, new AbortController().signal);
  expect(await findCommand(mira, queued.id)).toMatchObject({
    state: "expired",
    message: expiredBecause("queued"),
  });
  expect(await findCommand(mira, sent.id)).toMatchObject({
    state: "expired",
    message: expiredBecause("sent"),
  });
  expect(await findCommand(mira, slow.id)).toMatchObject({ state: "expired" });
  expect(await report(silent, sent.id, "acknowledged")).toMatchObject({
    ok: false,
    error: { code: "expired" },
  });
  // The way is free again.
  await ask(silent);
});

test("an acknowledged command of an agent that vanished ends as failed, outcome unknown; talking keeps it alive", async () => {
  const agentId = await anAgent();
  const { id } = await ask(agentId, { args: { graceMs: 1_000 } });
  await claimed([agentId]);
  await report(agentId, id, "acknowledged");
  await clock.advance(100_000);
  await report(agentId, id, "running");
  await clock.advance(100_000);
  expect(await giveUpOnLost(ground, mainAccount)).toBe(0);
  await reportCommand(asAgent(agentId), { id, state: "running", progress: 40 });
  expect(await findCommand(mira, id)).toMatchObject({ state: "running", progress: 40 });
  await clock.advance(121_001);
  expect(await giveUpOnLost(ground, mainAccount)).toBe(1);
  expect(await findCommand(mira, id)).toMatchObject({ state: "failed", message: lostMessage, progress: 40 });
});

test("a command can be cancelled while it waits, not when it is on its way; twice is harmless", async () => {
  const [one, two] = [await anAgent(), await anAgent()];
  const [waiting, sent] = [await ask(one), await ask(two)];
  expect(await cancelCommand(jonas, waiting.id)).toMatchObject({
    state: "cancelled",
    message: "Cancelled by Jonas.",
  });
  await cancelCommand(jonas, waiting.id);
  await claimed([one, two]);
  const refusal = await refusalOf(cancelCommand(jonas, sent.id));
  expect(refusal.code).toBe("conflict");
  expect(refusal.message).toContain("sent");
  expect(await factsOf(waiting.id)).toEqual(["command.requested", "command.cancelled"]);
});

test("the list is read in pages without a gap, by state and by agent", async () => {
  const [row] = await ground.db.orm.select().from(commands).where(eq(commands.state, "succeeded"));
  const all: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await findCommands(mira, { limit: 3, cursor });
    all.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(all).size).toBe(all.length);
  const stored = await ground.db.orm
    .select({ id: commands.id })
    .from(commands)
    .where(eq(commands.accountId, mainAccount));
  expect(all.length).toBe(stored.length);
  const done = await findCommands(mira, { limit: 10, states: ["succeeded"], agentId: row?.agentId });
  expect(done.items.map(({ id }) => id)).toEqual([row?.id]);
  expect((await refusalOf(findCommands(mira, { limit: 1, cursor: "'; drop table" }))).code).toBe("invalid");
});
