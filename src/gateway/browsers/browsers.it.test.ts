import { afterAll, beforeAll, expect, test } from "vitest";
import { type Board, decodeSnapshot } from "@/contracts/wire/board-fold";
import type { Intent } from "@/contracts/wire/browser";
import { mainAccount } from "@/domain/kernel";
import { boardOf, type ConsoleClient, joinConsole, startConsoleServer } from "@/testing/console-server";
import { eventually } from "@/testing/eventually";

const account = mainAccount;
let page: Awaited<ReturnType<typeof startConsoleServer>>;

beforeAll(async () => {
  page = await startConsoleServer();
});
afterAll(() => page.stop());

const refusalOf = (client: ConsoleClient) =>
  new Promise<string | undefined>((resolve) => {
    client.on("connect_error", (error: Error & { data?: { code: string } }) => resolve(error.data?.code));
  });
const taskOn = (board: Board | null) => [...(board?.agents.values() ?? [])][0]?.agent.task;

test("who may not watch is told why: nobody, strangers' pages, stale tokens", async () => {
  expect(await refusalOf(page.open("", { cookie: "" }))).toBe("unauthenticated");
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ] as Record<string, string>[]) {
    expect(await refusalOf(page.open("mira:admin", headers)), JSON.stringify(headers)).toBe("forbidden");
  }
  expect(await refusalOf(page.open("", { cookie: "" }, { token: "stale" }))).toBe("unauthenticated");
  expect(await refusalOf(page.open("", { cookie: "" }, { token: "banned" }))).toBe("forbidden");
});

test("a snapshot, then frames without a gap; a reconnect replays what was missed; another epoch starts over", async () => {
  const client = page.open("mira:viewer");
  const board = boardOf(client);
  const busy = setInterval(() => page.beat(), 1);
  expect(await joinConsole(client)).toMatchObject({ ok: true, mode: "resync" });
  await eventually(() => board.now && board.now.seq > 10);
  const { epoch = "", seq = 0 } = board.now ?? {};
  client.disconnect();
  await eventually(() => page.feed.snapshot(account).seq > seq + 10);
  client.connect();
  expect(await joinConsole(client, epoch, board.now?.seq)).toMatchObject({ ok: true, mode: "replay" });
  await eventually(() => (board.now?.seq ?? 0) > seq + 10);
  clearInterval(busy);
  page.beat("the last");
  await eventually(() => taskOn(board.now) === "the last");
  expect(board.lost).toBe(false);
  const fresh = decodeSnapshot(page.feed.snapshot(account));
  expect([...(board.now?.agents.values() ?? [])]).toEqual([...fresh.agents.values()]);
  expect(await joinConsole(client, "another", 3)).toMatchObject({ ok: true, mode: "resync" });
  expect(await client.timeout(5_000).emitWithAck("clock")).toBeGreaterThan(1e12);
});

test("nonsense is answered or ignored, and the next word is heard", async () => {
  const client = page.open("mira:admin");
  const say: (...args: unknown[]) => void = client.emit.bind(client) as never;
  for (const event of ["join", "prepare", "unprepare", "here", "tail", "untail", "clock", "unknown"]) {
    for (const word of [null, 7, "x", [], { agentIds: 5, protocol: "x", at: {} }, Buffer.from("x")])
      say(event, word);
    say(event);
  }
  expect(await client.timeout(5_000).emitWithAck("join", "nonsense")).toMatchObject({
    ok: false,
    error: { code: "invalid" },
  });
  expect(await client.timeout(5_000).emitWithAck("join", { protocol: 9 })).toMatchObject({
    ok: false,
    error: { code: "protocol" },
  });
  expect(await joinConsole(client)).toMatchObject({ ok: true });
});

test("an open dialog is seen by the others with who and what; viewers can't prepare, nor anyone for strangers", async () => {
  const [mira, jonas, viewer] = [
    page.open("mira:operator"),
    page.open("jonas:admin"),
    page.open("vera:viewer"),
  ];
  let seen: Intent[] = [];
  jonas.on("intents", (intents) => {
    seen = intents;
  });
  await Promise.all([joinConsole(mira), joinConsole(jonas), joinConsole(viewer)]);
  const message = { kind: "restart", agentIds: [page.agentId], reason: "leaks" };
  const answer = await mira.timeout(5_000).emitWithAck("prepare", message);
  expect(answer.ok).toBe(true);
  await eventually(() => seen.length === 1);
  expect(seen[0]).toMatchObject({
    id: answer.id,
    user: { id: "usr_mira", name: "mira" },
    kind: "restart",
    agentIds: [page.agentId],
  });
  expect(await viewer.timeout(5_000).emitWithAck("prepare", message)).toMatchObject({
    error: { code: "forbidden" },
  });
  const strange = { ...message, agentIds: ["agt_other"] };
  expect(await mira.timeout(5_000).emitWithAck("prepare", strange)).toMatchObject({
    error: { code: "not-found" },
  });
  // A connection that breaks and comes back keeps its dialog, once.
  mira.disconnect();
  const again = page.open("mira:operator");
  await joinConsole(again);
  const back = await again.timeout(5_000).emitWithAck("prepare", message);
  expect(back.id).toBe(answer.id);
  expect(seen).toHaveLength(1);
  await again.timeout(5_000).emitWithAck("unprepare");
  await eventually(() => seen.length === 0);
});

test("people see who is here and where; a token is nobody", async () => {
  const [mira, token] = [page.open("mira:admin"), page.open("", { cookie: "" }, { token: "operator" })];
  let names: string[] = [];
  mira.on("people", (people) => {
    names = people.map((person) => `${person.name} ${person.at}`);
  });
  await Promise.all([joinConsole(mira), joinConsole(token)]);
  token.emit("here", { at: "/" });
  mira.emit("here", { at: "/agents/1" });
  page.open("jonas:viewer").emit("here", { at: "/" });
  await eventually(() => names.includes("mira /agents/1") && names.includes("jonas /"));
  expect(names.join()).not.toContain("token");
});

test("a tail brings the wanted levels of one agent, and ends", async () => {
  const client = page.open("mira:viewer");
  const got: string[] = [];
  client.on("lines", ({ lines }) => got.push(...lines.map((line) => line.message)));
  const line = (message: string, level: "info" | "error") => ({
    id: message,
    at: "",
    level,
    source: null,
    message,
  });
  const publish = (...lines: ReturnType<typeof line>[]) =>
    page.ground.bus.publish("log.lines", { account, agentId: page.agentId, lines, dropped: 0 });
  expect(await client.timeout(5_000).emitWithAck("tail", { agentId: "agt_x" })).toMatchObject({ ok: false });
  expect(
    await client.timeout(5_000).emitWithAck("tail", { agentId: page.agentId, levels: ["error"] }),
  ).toEqual({
    ok: true,
  });
  publish(line("quiet", "info"), line("loud", "error"));
  await eventually(() => got.length > 0);
  client.emit("untail");
  await client.timeout(5_000).emitWithAck("clock");
  publish(line("late", "error"));
  await client.timeout(5_000).emitWithAck("clock");
  expect(got).toEqual(["loud"]);
});

test("health is told at the entry and at each change", async () => {
  const client = page.open("mira:viewer");
  const told: boolean[] = [];
  client.on("health", ({ db }) => told.push(db));
  await joinConsole(client);
  await eventually(() => told.length === 1);
  page.tellHealth({ db: false, bus: true, since: 1, note: "away" });
  await eventually(() => told.length === 2);
  expect(told).toEqual([true, false]);
});

test("a revoked session loses its socket at once, with a word; others keep theirs", async () => {
  const [gone, stays] = [page.open("gone:admin"), page.open("stays:admin")];
  const words: string[] = [];
  gone.on("goodbye", ({ reason }) => words.push(reason));
  await Promise.all([joinConsole(gone), joinConsole(stays)]);
  page.ground.bus.publish("sessions.revoked", { sessionIds: ["ses_gone"], reason: "revoked" });
  await eventually(() => gone.disconnected, { timeoutMs: 1_000 });
  expect(words).toEqual(["revoked"]);
  page.ground.bus.publish("sessions.revoked", { userId: "usr_stays", reason: "role" });
  await eventually(() => stays.disconnected, { timeoutMs: 1_000 });
});
