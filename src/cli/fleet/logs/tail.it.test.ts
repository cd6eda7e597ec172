import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LogLine } from "@/contracts/fleet/log-line";
import { userCodeSchema } from "@/contracts/people/oauth";
import { createAgent } from "@/domain/fleet/agents";
import { mainAccount, systemCtx } from "@/domain/kernel";
import { decideDeviceGrant, findDeviceAsk } from "@/domain/people/oauth";
import { eventually } from "@/testing/eventually";
import { FakeAgent } from "@/testing/fake-agent";
import { personCtx } from "@/testing/ground";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { unlimited } from "@/testing/oauth";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";

let server: WholeServer;
let mc: McCommand;
const agents: FakeAgent[] = [];
beforeAll(async () => {
  server = await startWholeServer();
  const { token } = await server.person("viewer");
  mc = await buildMc({ MC_URL: server.url });
  await mc.run(["login", "--token", token]);
});
afterAll(async () => {
  for (const agent of agents) agent.socket.disconnect();
  await mc.close();
  await server.stop();
});

/** An agent of a test's own, connected. */
async function talker(name: string): Promise<{ agent: FakeAgent; agentId: string }> {
  const { id, key } = await createAgent(personCtx(server.ground), { name });
  const agent = new FakeAgent({ url: server.url, key, reconnect: true });
  agents.push(agent);
  await agent.connect();
  return { agent, agentId: id };
}

/** Writes lines into the store, as another server of the same fleet would; answers them. */
async function store(sql: Sql, agentId: string, messages: string[]): Promise<LogLine[]> {
  const rows = await sql<{ id: string; message: string }[]>`
    insert into log_lines (received_at, account_id, agent_id, at, level, source, message)
    select now(), ${mainAccount}, ${agentId}, now(), 1, null, x.message
    from unnest(${messages}::text[]) with ordinality as x(message, place) order by x.place
    returning id::text, message`;
  return rows.map((row) => ({ ...row, at: new Date().toISOString(), level: "info" as const, source: null }));
}
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}`);
const messagesOf = (text: string) => linesOf(text).map((line) => line.replace(/^\S+Z \w+ +/, ""));
const linesOf = (text: string) => text.trim().split("\n").filter(Boolean);
const ending = (text: string, wanted: string) => linesOf(text).at(-1)?.endsWith(wanted);

test("the newest lines, then what comes, each once, also over a break", async () => {
  const { agent } = await talker("talker");
  await agent.logs(["one", "two", { message: "three\nand more", level: "warn" }]);
  const tail = mc.start(["logs", "tail", "TALKER", "-n", "2"]);
  await eventually(() => tail.out().includes("and more"));
  expect(tail.out()).toMatch(/^\S+Z info {2}two\n\S+Z warn {2}three\n {2}and more\n$/);

  // The lines go by way of the socket once it is there, and before by the list that follows its opening.
  await agent.logs(["live"]);
  await eventually(() => ending(tail.out(), "live"));
  await agent.logs(["live again"]);
  await eventually(() => ending(tail.out(), "live again"));

  server.breakSockets();
  await eventually(() => agent.welcomes.length === 2);
  await agent.logs(["after the break"]);
  await eventually(() => ending(tail.out(), "after the break"));
  expect(tail.err()).toContain("Connection lost; trying again");
  const messages = linesOf(tail.out()).map((line) => line.replace(/^\S+Z \w+ +/, ""));
  expect(messages).toEqual(["two", "three", "  and more", "live", "live again", "after the break"]);
  tail.process.kill("SIGINT");
  await tail.ended;
});

test("a level and worse, as JSON, live too", async () => {
  const { agent } = await talker("leveller");
  await agent.logs(["fine", { message: "three\nand more", level: "warn" }]);
  const tail = mc.start(["logs", "tail", "leveller", "--level", "warn", "--json"]);
  await eventually(() => linesOf(tail.out()).length === 1);
  await agent.logs(["not this", { message: "bad", level: "error" }]);
  await eventually(() => linesOf(tail.out()).length === 2);
  expect(linesOf(tail.out()).map((line) => JSON.parse(line).message)).toEqual(["three\nand more", "bad"]);
  tail.process.kill("SIGINT");
  await tail.ended;
});

test("without following it ends; what cannot be is refused in words and codes", async () => {
  const { agent } = await talker("ender");
  await agent.logs(["one", "two", "three"]);
  const ended = await mc.run(["logs", "tail", "ender", "--no-follow", "--since", "1h"]);
  expect(ended.code).toBe(0);
  expect(messagesOf(ended.out)).toEqual(["one", "two", "three"]);
  const refused = (...args: string[]) => mc.run(["logs", "tail", ...args, "--no-follow"]);
  expect(await refused("nobody")).toMatchObject({ code: 4, err: expect.stringContaining("called nobody") });
  const unit = { code: 2, err: expect.stringContaining("Give a time such as 90s, 10m or 2h") };
  for (const wrong of ["soon", "10", "99999999999d"])
    expect(await refused("ender", "--since", wrong)).toMatchObject(unit);
  const count = await refused("ender", "-n", "many");
  expect(count).toMatchObject({
    code: 2,
    err: expect.stringContaining("no whole number: give 1 to 500"),
  });
});

test("a reader that has enough is no failure", async () => {
  const { agent } = await talker("unread");
  await agent.logs(["one", "two"]);
  const tail = mc.start(["logs", "tail", "unread"]);
  await eventually(() => tail.out().includes("two"));
  tail.process.stdout?.destroy();
  await agent.logs(["nobody reads this"]);
  expect(await tail.ended).toMatchObject({ code: 0, err: "" });
});

test("all lines of a long break come, however many pages they are", async () => {
  const { agent, agentId } = await talker("broken off");
  await agent.logs(["begun"]);
  const tail = mc.start(["logs", "tail", "broken off", "-n", "1"]);
  await eventually(() => linesOf(tail.out()).length > 0);
  tail.process.kill("SIGSTOP");
  server.breakSockets();
  await store(server.ground.db.sql, agentId, numbered(1, 1_100));
  tail.process.kill("SIGCONT");
  await eventually(() => ending(tail.out(), "line 1100"), { timeoutMs: 20_000 });
  expect(messagesOf(tail.out())).toEqual(["begun", ...numbered(1, 1_100)]);
  expect(tail.err()).not.toContain("left out");
  tail.process.kill("SIGINT");
  await tail.ended;
});

test("lines of the socket wait until what came before them is fetched", async () => {
  const { sql } = server.ground.db;
  const { agent, agentId } = await talker("waiter");
  await store(sql, agentId, numbered(1, 60));
  const tail = mc.start(["logs", "tail", "waiter"]);
  await eventually(() => linesOf(tail.out()).length === 50);
  // Nobody reads lines meanwhile: the list's answer comes later than the socket's line.
  await sql.begin(async (own) => {
    await own`lock table log_lines in access exclusive mode`;
    await eventually(async () => {
      const [waiting] =
        await sql`select 1 from pg_locks where not granted and relation = 'log_lines'::regclass`;
      return waiting;
    });
    const [, second] = await store(own as unknown as Sql, agentId, ["first", "second"]);
    if (!second) throw new Error("nothing was stored");
    const live = { account: mainAccount, agentId, lines: [second], dropped: 0 };
    server.ground.bus.publish("log.lines", live);
  });
  await eventually(() => tail.out().includes("first"));
  await agent.logs(["third"]);
  await eventually(() => ending(tail.out(), "third"));
  expect(messagesOf(tail.out()).slice(50)).toEqual(["first", "second", "third"]);
  tail.process.kill("SIGINT");
  await tail.ended;
});

test("what is left out is said on standard error, also with --json", async () => {
  const { agent, agentId } = await talker("writer");
  await store(server.ground.db.sql, agentId, numbered(1, 10_001));
  const since = mc.start(["logs", "tail", "writer", "--since", "1h", "--json", "--no-follow"]);
  const { code, out, err } = await since.ended;
  expect([code, linesOf(out).length]).toEqual([0, 10_000]);
  expect(JSON.parse(linesOf(out)[0] ?? "").message).toBe("line 2");
  expect(err).toMatch(/^Lines between \S+Z and \S+Z were left out: at most 10000/);

  const tail = mc.start(["logs", "tail", "writer", "--json", "-n", "1"]);
  await eventually(() => linesOf(tail.out()).length === 1);
  // Until the socket is there nobody tells of it.
  await eventually(async () => {
    await agent.logs(["shown"], { dropped: 7 });
    return tail.err().includes("7 lines were left out");
  });
  tail.process.kill("SIGINT");
  await tail.ended;
});

/** Takes a table away while `work` is done: what asks it fails, and the rest of the server goes on. */
async function without(table: string, work: () => Promise<void>): Promise<void> {
  const { sql } = server.ground.db;
  await sql.unsafe(`alter table ${table} rename to ${table}_away`);
  await work().finally(() => sql.unsafe(`alter table ${table}_away rename to ${table}`));
}

test("a server that can't check a token for a moment, or gives it another role, ends no tail", async () => {
  const { agent } = await talker("patient");
  await agent.logs(["begun"]);
  const tail = mc.start(["logs", "tail", "patient"]);
  await eventually(() => ending(tail.out(), "begun"));
  await without("api_tokens", async () => {
    server.breakSockets();
    await eventually(() => tail.err().includes("trying again. Mission Control can't check who you are now"));
    await eventually(() => agent.welcomes.length === 2);
    await agent.logs(["after the outage"]);
  });
  await eventually(() => ending(tail.out(), "after the outage"));

  const [token] = await server.ground.db.sql<{ id: string }[]>`select id from api_tokens`;
  const dismiss = (reason: "role" | "revoked") =>
    server.ground.bus.publish("sessions.revoked", { sessionIds: [token?.id ?? ""], reason });
  dismiss("role");
  await agent.logs(["in another role"]);
  await eventually(() => ending(tail.out(), "in another role"));
  // Until the socket is there again nobody is told.
  await eventually(async () => {
    dismiss("revoked");
    return tail.err().includes("This credential was revoked.");
  });
  expect(await tail.ended).toMatchObject({ code: 3 });
});

test("an access token that can't be replaced for a moment ends no tail", async () => {
  const { agent } = await talker("refresher");
  await agent.logs(["begun"]);
  const home = { XDG_CONFIG_HOME: join(mc.home, "refresher") };
  const signIn = mc.start(["login"], home);
  const [, code = ""] = await eventually(() => /\n {4}([A-Z]{4}-[A-Z]{4})\n/.exec(signIn.err()));
  const { id } = await server.person("viewer");
  const actor = { kind: "user" as const, id, name: "Mira" };
  const mira = { ...systemCtx(server.ground), actor, role: "viewer" as const };
  const { ask } = await findDeviceAsk(mira, "a session", userCodeSchema.parse(code), unlimited);
  await decideDeviceGrant(mira, "a session", { ask, approve: true });
  expect(await signIn.ended).toMatchObject({ code: 0 });

  const tail = mc.start(["logs", "tail", "refresher"], home);
  await eventually(() => ending(tail.out(), "begun"));
  const file = join(home.XDG_CONFIG_HOME, "mission-control", "profile.json");
  const kept = JSON.parse(readFileSync(file, "utf8"));
  await without("refresh_tokens", async () => {
    writeFileSync(file, JSON.stringify({ ...kept, access: { ...kept.access, expiresAtMs: 0 } }));
    server.breakSockets();
    await eventually(() => tail.err().includes("The server can't let mc in yet; trying again."));
    await eventually(() => agent.welcomes.length === 2);
    await agent.logs(["after the outage"]);
  });
  await eventually(() => ending(tail.out(), "after the outage"));
  tail.process.kill("SIGINT");
  await tail.ended;
});
