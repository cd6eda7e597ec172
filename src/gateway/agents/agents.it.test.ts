import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fact } from "@/contracts/facts";
import { createAgent, findAgent, removeAgent } from "@/domain/fleet/agents";
import { createKey } from "@/domain/fleet/keys/create-key";
import { findKeys } from "@/domain/fleet/keys/find-keys";
import { revokeKey } from "@/domain/fleet/keys/revoke-key";
import { findLines } from "@/domain/fleet/logs";
import { readFacts } from "@/domain/kernel";
import { type AgentServer, startAgentServer } from "@/testing/agent-server";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";

let server: AgentServer;
beforeAll(async () => {
  server = await startAgentServer();
});
afterAll(() => server.stop());

const ctx = () => personCtx(server.ground);
let count = 0;
const made = (name = `agent ${count++}`) => createAgent(ctx(), { name });

async function factsOf(agentId: string): Promise<Fact[]> {
  const { sql } = server.ground.db;
  await eventually(async () => (await sql`select 1 from facts_pending`).length === 0);
  return (await readFacts(server.ground.db, 0, 10_000)).filter((fact) => fact.target?.id === agentId);
}
const kindsOf = async (agentId: string) => (await factsOf(agentId)).map((fact) => fact.kind);

it("welcomes an agent, makes its beat durable before answering, and shows it", async () => {
  const { id, key } = await made();
  const agent = server.agent({ key });
  const welcome = await agent.connect();
  expect(welcome).toMatchObject({ agentId: id, logsThrough: -1 });
  expect(welcome.nextBeatMs).toBeGreaterThan(1_700);
  const answer = await agent.beat({ task: "sorting", state: "working" });
  expect(answer).toMatchObject({ ok: true });
  const [row] = await server.ground.db
    .sql`select last_beat_at, task from agent_presence where agent_id = ${id}`;
  expect(row?.task).toBe("sorting");
  if (answer.ok) expect(new Date(row?.last_beat_at).getTime()).toBe(answer.receivedAt);
  const shown = await eventually(async () => {
    const found = await findAgent(ctx(), id);
    return found.status === "online" ? found : null;
  });
  expect(shown).toMatchObject({
    activity: "working",
    host: "test-host",
    metrics: { cpuPercent: 12.5, memoryBytes: 64_000_000, diskUsedBytes: null },
    evidence: { host: "test-host", sessionId: agent.sessionId },
  });
  expect(shown.evidence.keyPrefix).toBe(key.slice(0, 10));
  expect(await kindsOf(id)).toEqual(["agent.added", "agent.connected", "agent.came_online"]);
});

it("makes no fact of a connection that breaks and comes back", async () => {
  const { id, key } = await made();
  const agent = server.agent({ key });
  await agent.connect();
  await agent.beat();
  const before = await eventually(async () => {
    const kinds = await kindsOf(id);
    return kinds.includes("agent.came_online") ? kinds : null;
  });
  agent.vanish();
  await eventually(() => server.gateway.connections.get(id) === undefined);
  await agent.connect();
  await agent.beat();
  expect(await kindsOf(id)).toEqual(before);
});

it("tells a goodbye as a stop on purpose, and a return as coming online", async () => {
  const { id, key } = await made();
  const agent = server.agent({ key });
  await agent.connect();
  await agent.beat();
  expect(await agent.bye({ reason: "deployed anew", exitCode: 0 })).toEqual({ ok: true });
  expect((await findAgent(ctx(), id)).status).toBe("stopped");
  expect(await agent.beat()).toMatchObject({ ok: false, error: { code: "conflict" } });
  const next = server.agent({ key });
  await next.connect();
  await next.beat();
  await eventually(async () => (await findAgent(ctx(), id)).status === "online");
  expect((await kindsOf(id)).slice(3)).toEqual(["agent.stopped", "agent.connected", "agent.came_online"]);
});

it("hears of a session that is over without showing it as there: its lines, its end, once", async () => {
  const { id, key } = await made();
  const ended = { sessionId: "cron-1", auth: { endedAt: Date.now() - 60_000 } };
  for (const _ of ["told", "told again"]) {
    const agent = server.agent({ key, ...ended });
    await agent.connect();
    expect(await agent.beat()).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(await agent.logs(["it broke"])).toEqual({ ok: true, through: 0 });
    expect(await agent.bye({ reason: "The program ended with code 9", exitCode: 9 })).toEqual({ ok: true });
    agent.vanish();
  }
  expect(await findAgent(ctx(), id)).toMatchObject({ status: "stopped", sessionId: "cron-1" });
  expect((await findLines(ctx(), { agentId: id, limit: 5 })).items).toHaveLength(1);
  const facts = await factsOf(id);
  expect(facts.map((fact) => fact.kind)).toEqual(["agent.added", "agent.stopped"]);
  const endedAt = new Date(ended.auth.endedAt).toISOString();
  expect(facts[1]?.data).toMatchObject({ exitCode: 9, sessionId: "cron-1", endedAt });
});

it("refuses by code: no key, wrong key, wrong protocol, malformed handshake, revoked key", async () => {
  const { id, key } = await made();
  const codeOf = (options: Parameters<AgentServer["agent"]>[0]) =>
    server
      .agent(options)
      .connect()
      .then(
        () => "welcomed",
        (error: { code?: string }) => error.code,
      );
  expect(await codeOf({ key: "mca_nonsense" })).toBe("bad-key");
  expect(await codeOf({ key: `mca_${"x".repeat(43)}` })).toBe("bad-key");
  expect(await codeOf({ key, auth: { protocol: 99 } })).toBe("protocol");
  expect(await codeOf({ key, auth: { key: 42 } })).toBe("invalid");
  expect(await codeOf({ key, auth: { sessionId: "a\u0000b" } })).toBe("invalid");
  const [first] = await findKeys(ctx(), id);
  await revokeKey(ctx(), id, first?.id ?? "");
  expect(await codeOf({ key })).toBe("revoked-key");
  await eventually(async () => (await kindsOf(id)).includes("security.agent_refused"));
});

it("closes the connection of a revoked key at once, and leaves the one of the other key", async () => {
  const { id, key } = await made();
  const second = await createKey(ctx(), id);
  await expect(createKey(ctx(), id)).rejects.toThrow(/two valid keys/);
  const agent = server.agent({ key });
  await agent.connect();
  await revokeKey(ctx(), id, second.id);
  expect(await agent.beat()).toMatchObject({ ok: true });
  const [first] = await findKeys(ctx(), id);
  await revokeKey(ctx(), id, first?.id ?? "");
  await eventually(() => agent.closed);
  expect(agent.goodbyes).toMatchObject([{ code: "revoked-key" }]);
});

it("closes the connection of a removed agent and frees its name", async () => {
  const { id, key, name } = await made();
  const agent = server.agent({ key });
  await agent.connect();
  await removeAgent(ctx(), id);
  await eventually(() => agent.closed);
  expect(agent.goodbyes).toMatchObject([{ code: "removed" }]);
  await expect(findAgent(ctx(), id)).rejects.toMatchObject({ code: "not-found" });
  await expect(agent.connect()).rejects.toMatchObject({ code: "bad-key" });
  await made(name);
});

it("lets the newest connection of an agent win, and tells the older one", async () => {
  const { key } = await made();
  const older = server.agent({ key });
  await older.connect();
  const newer = server.agent({ key });
  await newer.connect();
  await eventually(() => older.closed);
  expect(older.goodbyes).toMatchObject([{ code: "replaced" }]);
  expect(await newer.beat()).toMatchObject({ ok: true });
});

it("stores a line once however often it is sent, and goes on where the session stopped", async () => {
  const { id, key } = await made();
  const agent = server.agent({ key });
  await agent.connect();
  expect(await agent.logs(["one", "two"])).toEqual({ ok: true, through: 1 });
  const again = [
    { seq: 1, message: "two" },
    { seq: 0, message: "one" },
    { seq: 3, message: "four", level: "error", source: "stderr" },
    { seq: 2, message: "three" },
    { seq: 3, message: "four" },
  ];
  expect(await agent.logs(again)).toEqual({ ok: true, through: 3 });
  expect(await agent.logs(again)).toEqual({ ok: true, through: 3 });
  const { items } = await findLines(ctx(), { agentId: id, limit: 50 });
  expect(items.map((line) => line.message)).toEqual(["one", "two", "three", "four"]);
  expect(items[3]).toMatchObject({ level: "error", source: "stderr" });
  const newest = await findLines(ctx(), { agentId: id, limit: 2 });
  expect(newest.items.map((line) => line.message)).toEqual(["three", "four"]);
  const older = await findLines(ctx(), { agentId: id, limit: 2, cursor: newest.nextCursor ?? "" });
  expect(older).toMatchObject({ items: [{ message: "one" }, { message: "two" }], nextCursor: null });
  expect((await findLines(ctx(), { agentId: id, limit: 5, level: "warn" })).items).toHaveLength(1);
  agent.vanish();
  expect(await agent.connect()).toMatchObject({ logsThrough: 3 });
});

it("counts lines that fell out once, however often their batch is sent", async () => {
  const { id, key } = await made();
  const agent = server.agent({ key });
  await agent.connect();
  const lost = async () => {
    const [cursor] = await server.ground.db.sql`select dropped from log_cursors where agent_id = ${id}`;
    return Number(cursor?.dropped);
  };
  const line = (seq: number) => ({ seq, message: `line ${seq}` });
  await agent.logs([line(0)]);
  await agent.logs([line(6), line(7)], { dropped: 5 });
  expect(await lost()).toBe(5);
  await agent.logs([line(6), line(7)], { dropped: 5 });
  expect(await lost(), "the answer was lost, the batch came again").toBe(5);
  await agent.logs([line(7), line(11)], { dropped: 8 });
  expect(await lost(), "of the first two, line 6 is here; 8 to 10 are missing").toBe(8);
  await agent.logs([line(12)], { dropped: 4 });
  expect(await lost(), "whose numbers have no gaps is believed").toBe(12);
  await agent.logs([], { dropped: 2 });
  expect(await lost(), "nothing but the count").toBe(14);
});

it("answers nonsense with a sentence and keeps the connection", async () => {
  const { key } = await made();
  const agent = server.agent({ key });
  await agent.connect();
  const invalid = { ok: false, error: { code: "invalid" } };
  expect(await agent.say("beat", "hello")).toMatchObject(invalid);
  expect(await agent.say("beat")).toMatchObject(invalid);
  expect(await agent.beat({ state: "dancing" })).toMatchObject(invalid);
  expect(await agent.beat({ at: "yesterday" })).toMatchObject(invalid);
  expect(await agent.beat({ metrics: { cpuPercent: -1 } })).toMatchObject(invalid);
  expect(await agent.say("logs", { lines: [{ seq: 1.5 }] })).toMatchObject(invalid);
  expect(await agent.say("logs", { lines: Array(501).fill({}) })).toMatchObject(invalid);
  expect(await agent.say("activity", null)).toMatchObject(invalid);
  expect(await agent.say("make-me-admin", {})).toMatchObject(invalid);
  expect(await agent.say("__proto__", {})).toMatchObject(invalid);
  agent.socket.emit("beat", { at: Date.now(), state: "idle" });
  agent.socket.emit("nothing that wants an answer");
  expect(await agent.beat()).toMatchObject({ ok: true });
  expect(agent.closed).toBeNull();
});

it("ends a connection that sends more than a message may hold, and lets the agent back", async () => {
  const { key } = await made();
  const agent = server.agent({ key });
  await agent.connect();
  agent.socket.emit("beat", { at: 1, state: "idle", task: "x".repeat(1_100_000) });
  await eventually(() => agent.closed);
  await agent.connect();
  expect(await agent.beat()).toMatchObject({ ok: true });
});

it("takes clocks that are years off, and text of any kind", async () => {
  const name = '<img src=x onerror="alert(1)"> 🦊 名前';
  const { id, key } = await made(name);
  const agent = server.agent({
    key,
    auth: { hostname: "host\u0000\u202e<b>\ud800", commandLine: "x".repeat(1_000) },
  });
  await agent.connect();
  for (const at of [0, -1e15, 8.64e15, 1e308, "1970-01-01T00:00:00Z", "+275000-01-01T00:00:00Z"]) {
    expect(await agent.beat({ at, progressAt: at, task: "🦊\u0000\u001b[31m<script>\udc00" })).toMatchObject({
      ok: true,
    });
    expect(await agent.logs([{ at, message: "🦊\u0000 <b>\ud800", source: "\u0007" }])).toMatchObject({
      ok: true,
    });
    expect(await agent.activity({ at, id: `a${at}\u0000`, title: "\u0000🦊" })).toEqual({ ok: true });
  }
  const shown = await findAgent(ctx(), id);
  expect(shown).toMatchObject({ name, task: "🦊[31m<script>\ufffd", host: "host<b>\ufffd" });
  expect(shown.lastBeatAt?.slice(0, 4)).toBe(String(new Date().getFullYear()));
  const { items } = await findLines(ctx(), { agentId: id, limit: 1 });
  expect(items).toMatchObject([{ message: "🦊 <b>\ufffd", source: "" }]);
});

it("tells a crash once as a fact, and other activities never", async () => {
  const { id, key } = await made();
  const agent = server.agent({ key });
  await agent.connect();
  const crash = { id: "crash-1", kind: "crashed", title: "exit code 3", detail: "out of memory" };
  expect(await agent.activity(crash)).toEqual({ ok: true });
  expect(await agent.activity(crash)).toEqual({ ok: true });
  expect(await agent.activity()).toEqual({ ok: true });
  expect((await kindsOf(id)).filter((kind) => kind === "agent.crashed")).toHaveLength(1);
});
