import { createServer } from "node:http";
import { connect as connectTcp, type Socket as TcpSocket } from "node:net";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Role, roles } from "@/contracts/people/role";
import { applyFrame, type Board, decodeSnapshot } from "@/contracts/wire/board-fold";
import type {
  ConsoleToServer,
  Frame,
  Health,
  Intent,
  ServerToConsole,
  Snapshot,
} from "@/contracts/wire/browser";
import { createAgent } from "@/domain/fleet/agents";
import { BoardFeed } from "@/domain/fleet/board/feed";
import { forbidden, mainAccount, unauthenticated } from "@/domain/kernel";
import { type Caller, isSameOrigin, nobody } from "@/domain/people/sessions";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { startStamper } from "@/workers/kernel/stamp";
import { type BrowserGateway, mountBrowserGateway } from ".";
import { waitingBytes } from "./waiting-bytes";

type Client = Socket<ServerToConsole, ConsoleToServer>;
const account = mainAccount;
let ground: TestGround;
let stamper: ReturnType<typeof startStamper>;
let feed: BoardFeed;
let server: Server;
let gateway: BrowserGateway;
let url = "";
let port = 0;
let agentId = "";
const clients: Client[] = [];
const health: Health = { db: true, bus: true, since: 0, note: null };
let tellHealth: (health: Health) => void = () => {};

/** Credentials of this test: `cookie: user=<name>:<role>` or a token `<role>`. */
async function authenticate(headers: { cookie?: string }, bearer?: string): Promise<Caller> {
  if (bearer === "stale") throw unauthenticated();
  if (bearer === "banned") throw forbidden("no");
  const roleOf = (text: string | undefined): Role => roles.find((role) => role === text) ?? "viewer";
  const base = { account, setCookie: null };
  if (bearer) {
    const actor = { kind: "token" as const, id: `tok_${bearer}`, name: "token" };
    return { ...base, actor, role: roleOf(bearer), via: "token", sessionId: null };
  }
  const [, name, role] = /user=(\w+):(\w+)/.exec(headers.cookie ?? "") ?? [];
  if (!name) return nobody;
  const actor = { kind: "user" as const, id: `usr_${name}`, name };
  return { ...base, actor, role: roleOf(role), via: "cookie", sessionId: `ses_${name}` };
}

beforeAll(async () => {
  ground = await testGround();
  stamper = startStamper(ground);
  agentId = (await createAgent(personCtx(ground), { name: "indexer" })).id;
  feed = await BoardFeed.start(ground);
  const http = createServer();
  server = new Server(http, { transports: ["websocket"], serveClient: false });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  if (!address || typeof address === "string") throw new Error("no port");
  port = address.port;
  url = `http://127.0.0.1:${port}`;
  gateway = mountBrowserGateway({
    io: server,
    ground,
    feed,
    authenticate,
    sameOrigin: (headers) => isSameOrigin(headers, url),
    health: {
      state: () => health,
      onChange: (listener) => {
        tellHealth = listener;
        return () => {};
      },
    },
  });
});
afterAll(async () => {
  for (const client of clients) client.disconnect();
  await gateway.stop();
  await server.close();
  feed.stop();
  await stamper.stop();
  await ground.db.close();
});

function open(who: string, headers: Record<string, string> = {}, auth = {}): Client {
  const client: Client = io(`${url}/console`, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: { cookie: `user=${who}`, ...headers },
  });
  clients.push(client);
  return client;
}
const refusalOf = (client: Client) =>
  new Promise<string | undefined>((resolve) => {
    client.on("connect_error", (error: Error & { data?: { code: string } }) => resolve(error.data?.code));
  });
const join = (client: Client, epoch: string | null = null, lastSeq: number | null = null) =>
  client.timeout(5_000).emitWithAck("join", { protocol: 1, epoch, lastSeq });

/** A client that folds what it hears, as a page does. */
function boardOf(client: Client): { now: Board | null; lost: boolean } {
  const held: { now: Board | null; lost: boolean } = { now: null, lost: false };
  client.on("snapshot", (snapshot: Snapshot) => {
    held.now = decodeSnapshot(snapshot);
  });
  client.on("frame", (frame: Frame) => {
    if (held.now && !applyFrame(held.now, frame)) held.lost = true;
  });
  return held;
}

let beats = 0;
function beat(task = `task ${beats}`) {
  beats++;
  const receivedAt = Date.now();
  ground.bus.publish("beats", [
    {
      account,
      agentId,
      receivedAt,
      transitMs: 1,
      activity: "working",
      task,
      progressAt: null,
      cpuPercent: 1,
      memoryBytes: 1,
    },
  ]);
}
const taskOn = (board: Board | null) =>
  [...(board?.agents.values() ?? [])].find(({ agent }) => agent.id === agentId)?.agent.task;

test("who may not watch is told why: nobody, strangers' pages, stale tokens", async () => {
  expect(await refusalOf(open("", { cookie: "" }))).toBe("unauthenticated");
  expect(await refusalOf(open("mira:admin", { origin: "https://evil.example" }))).toBe("forbidden");
  expect(await refusalOf(open("", { cookie: "" }, { token: "stale" }))).toBe("unauthenticated");
  expect(await refusalOf(open("", { cookie: "" }, { token: "banned" }))).toBe("forbidden");
});

test("a snapshot, then frames without a gap; a reconnect replays what was missed; another epoch starts over", async () => {
  const client = open("mira:viewer");
  const board = boardOf(client);
  const busy = setInterval(() => beat(), 1);
  expect(await join(client)).toMatchObject({ ok: true, mode: "resync" });
  await eventually(() => board.now && board.now.seq > 10);
  const { epoch = "", seq = 0 } = board.now ?? {};
  client.disconnect();
  await eventually(() => feed.snapshot(account).seq > seq + 10);
  client.connect();
  expect(await join(client, epoch, board.now?.seq)).toMatchObject({ ok: true, mode: "replay" });
  await eventually(() => (board.now?.seq ?? 0) > seq + 10);
  clearInterval(busy);
  beat("the last");
  await eventually(() => taskOn(board.now) === "the last");
  expect(board.lost).toBe(false);
  const fresh = decodeSnapshot(feed.snapshot(account));
  expect([...(board.now?.agents.values() ?? [])]).toEqual([...fresh.agents.values()]);
  expect(await join(client, "another", 3)).toMatchObject({ ok: true, mode: "resync" });
  expect(await client.timeout(5_000).emitWithAck("clock")).toBeGreaterThan(1e12);
});

test("nonsense is answered or ignored, and the next word is heard", async () => {
  const client = open("mira:admin");
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
  expect(await join(client)).toMatchObject({ ok: true });
});

test("an open dialog is seen by the others with who and what; viewers can't prepare, nor anyone for strangers", async () => {
  const [mira, jonas, viewer] = [open("mira:operator"), open("jonas:admin"), open("vera:viewer")];
  let seen: Intent[] = [];
  jonas.on("intents", (intents) => {
    seen = intents;
  });
  await Promise.all([join(mira), join(jonas), join(viewer)]);
  const message = { kind: "restart", agentIds: [agentId], reason: "leaks" };
  const answer = await mira.timeout(5_000).emitWithAck("prepare", message);
  expect(answer.ok).toBe(true);
  await eventually(() => seen.length === 1);
  expect(seen[0]).toMatchObject({
    id: answer.id,
    user: { id: "usr_mira", name: "mira" },
    kind: "restart",
    agentIds: [agentId],
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
  const again = open("mira:operator");
  await join(again);
  const back = await again.timeout(5_000).emitWithAck("prepare", message);
  expect(back.id).toBe(answer.id);
  expect(seen).toHaveLength(1);
  await again.timeout(5_000).emitWithAck("unprepare");
  await eventually(() => seen.length === 0);
});

test("people see who is here and where; a token is nobody", async () => {
  const [mira, token] = [open("mira:admin"), open("", { cookie: "" }, { token: "operator" })];
  let names: string[] = [];
  mira.on("people", (people) => {
    names = people.map((person) => `${person.name} ${person.at}`);
  });
  await Promise.all([join(mira), join(token)]);
  token.emit("here", { at: "/" });
  mira.emit("here", { at: "/agents/1" });
  open("jonas:viewer").emit("here", { at: "/" });
  await eventually(() => names.includes("mira /agents/1") && names.includes("jonas /"));
  expect(names.join()).not.toContain("token");
});

test("a tail brings the wanted levels of one agent, and ends", async () => {
  const client = open("mira:viewer");
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
    ground.bus.publish("log.lines", { account, agentId, lines, dropped: 0 });
  expect(await client.timeout(5_000).emitWithAck("tail", { agentId: "agt_x" })).toMatchObject({ ok: false });
  expect(await client.timeout(5_000).emitWithAck("tail", { agentId, levels: ["error"] })).toEqual({
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
  const client = open("mira:viewer");
  const told: boolean[] = [];
  client.on("health", ({ db }) => told.push(db));
  await join(client);
  await eventually(() => told.length === 1);
  tellHealth({ db: false, bus: true, since: 1, note: "away" });
  await eventually(() => told.length === 2);
  expect(told).toEqual([true, false]);
});

test("a revoked session loses its socket at once, with a word; others keep theirs", async () => {
  const [gone, stays] = [open("gone:admin"), open("stays:admin")];
  const words: string[] = [];
  gone.on("goodbye", ({ reason }) => words.push(reason));
  await Promise.all([join(gone), join(stays)]);
  ground.bus.publish("sessions.revoked", { sessionIds: ["ses_gone"], reason: "revoked" });
  await eventually(() => gone.disconnected, { timeoutMs: 1_000 });
  expect(words).toEqual(["revoked"]);
  ground.bus.publish("sessions.revoked", { userId: "usr_stays", reason: "role" });
  await eventually(() => stays.disconnected, { timeoutMs: 1_000 });
});

/** A watcher that joins and then reads nothing: a raw WebSocket whose TCP socket is paused. */
async function stuckReader(): Promise<TcpSocket> {
  const tcp = connectTcp(port, "127.0.0.1");
  const text = (message: string) => {
    const body = Buffer.from(message);
    tcp.write(Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]));
  };
  let heard = "";
  tcp.on("data", (data) => {
    heard += data.toString("latin1");
  });
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nCookie: user=stuck:viewer\r\n\r\n`,
  );
  await eventually(() => heard.includes("pingInterval"));
  text("40/console,");
  await eventually(() => heard.includes("40/console,{"));
  text('42/console,1["join",{"protocol":1}]');
  await eventually(() => heard.includes('"snapshot"'));
  tcp.pause();
  return tcp;
}

test("a watcher that stops reading is taken out of the room, holds a bounded amount, and resyncs when it reads", async () => {
  const healthy = open("mira:viewer");
  const board = boardOf(healthy);
  await join(healthy);
  await eventually(() => board.now);
  const tcp = await stuckReader();
  const socket = await eventually(() =>
    [...server.of("/console").sockets.values()].find((one) => one.data.caller.actor.name === "stuck"),
  );
  await eventually(() => socket.rooms.has(`board:${account}`));
  // Frames of some 300 kB: what the kernel takes is soon full.
  const huge = "x".repeat(300_000);
  let most = 0;
  await eventually(
    () => {
      beat(`${beats} ${huge}`);
      most = Math.max(most, waitingBytes(socket));
      return socket.data.behind;
    },
    { timeoutMs: 20_000, everyMs: 10 },
  );
  expect(socket.rooms.has(`board:${account}`)).toBe(false);
  const held = waitingBytes(socket);
  const seqThen = feed.snapshot(account).seq;
  await eventually(() => {
    beat(`${beats} ${huge}`);
    return feed.snapshot(account).seq > seqThen + 20;
  });
  expect(waitingBytes(socket)).toBeLessThanOrEqual(held + 10_000);
  expect(most).toBeLessThan(4 * 1024 * 1024);
  let heard = "";
  tcp.on("data", (data) => {
    heard = (heard + data.toString("latin1")).slice(-2_000_000);
  });
  tcp.resume();
  await eventually(() => heard.includes('["resync",{"reason":"behind"}]'), { timeoutMs: 15_000 });
  beat("after");
  await eventually(() => taskOn(board.now) === "after");
  expect(board.lost).toBe(false);
  tcp.destroy();
});
