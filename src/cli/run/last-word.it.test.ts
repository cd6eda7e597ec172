import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createAgent, findAgent } from "@/domain/fleet/agents";
import { requestCommands } from "@/domain/fleet/commands";
import { createJoinToken } from "@/domain/fleet/join-tokens/create-join-token";
import { readFacts } from "@/domain/kernel";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { buildMc, type McCommand, type McRun } from "@/testing/mc-command";
import { freePort } from "@/testing/redis";
import { type Relay, startRelay } from "@/testing/relay";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";

vi.setConfig({ testTimeout: 120_000 });

/** What becomes of a program's end when there is no connection to tell it over. */
let server: WholeServer;
let relay: Relay;
let mc: McCommand;
beforeAll(async () => {
  server = await startWholeServer();
  relay = await startRelay(server.url, await freePort());
  mc = await buildMc({ MC_URL: new URL(relay.url).origin });
});
afterEach(async () => {
  await relay.stop();
  await relay.heal();
});
afterAll(async () => {
  await mc.close();
  await relay.stop();
  await server.stop();
});

const ctx = () => personCtx(server.ground);
/** Where nothing else is tested: a machine may be too slow to connect within the usual time. */
const patient = ["--tell-for", "2m"];
type Agent = { id: string; flags: string[]; folder: string };
let count = 0;
async function added(given: { key?: string } = {}): Promise<Agent> {
  const { id, key } = await createAgent(ctx(), { name: `ends ${count++}` });
  const folder = mkdtempSync(join(mc.home, "state-"));
  return {
    id,
    folder,
    flags: ["--key", given.key ?? key, "--state-dir", folder, "--restart", "never", ...patient],
  };
}
function run(agent: Agent, script: string, flags: string[] = []): McRun {
  return mc.start(["run", ...agent.flags, ...flags, "--", "/bin/sh", "-c", script]);
}
/** The rest of the script runs once the agent is told to go on. */
const onceToldTo = (agent: Agent, rest: string) =>
  `echo ready; until [ -e "${agent.folder}/go" ]; do sleep 0.05; done; ${rest}`;
const tellTo = (agent: Agent) => writeFileSync(join(agent.folder, "go"), "");
const writes = (lines: number, from = 1) =>
  `i=${from}; while [ $i -lt ${from + lines} ]; do echo "line $i"; i=$((i+1)); done`;
const numbered = (lines: number) => Array.from({ length: lines }, (_, index) => `line ${index + 1}`);

async function messagesOf({ id }: Agent): Promise<string[]> {
  const rows = await server.ground.db.sql<{ message: string }[]>`
    select message from log_lines where agent_id = ${id} order by id`;
  return rows.map(({ message }) => message);
}
const statusOf = async ({ id }: Agent) => (await findAgent(ctx(), id)).status;
async function factsOf({ id }: Agent) {
  const { sql } = server.ground.db;
  await eventually(async () => (await sql`select 1 from facts_pending`).length === 0);
  const facts = await readFacts(server.ground.db, 0, 10_000);
  return facts.filter((fact) => fact.target?.id === id && fact.kind !== "agent.added");
}
/** Kinds of facts; of an end with its exit code or signal. */
const storyOf = async (agent: Agent) =>
  (await factsOf(agent)).map(({ kind, data }) =>
    kind === "agent.stopped" ? `${kind} ${data?.exitCode ?? data?.signal}` : kind,
  );
const ends = async (agent: Agent) =>
  (await storyOf(agent)).filter((what) => what.startsWith("agent.stopped"));

test("a program that ends at once is seen, with its line and how it ended", async () => {
  const agent = await added();
  const { code, err } = await run(agent, "echo hello; exit 3").ended;
  expect(code).toBe(3);
  expect(await messagesOf(agent)).toEqual(["hello"]);
  expect(await statusOf(agent)).toBe("stopped");
  expect(await ends(agent)).toEqual(["agent.stopped 3"]);
  expect(await storyOf(agent)).toContain("agent.crashed");
  expect(err).not.toContain("not told");

  await run(agent, "kill -SEGV $$").ended;
  expect(await ends(agent)).toEqual(["agent.stopped 3", "agent.stopped SIGSEGV"]);
});

test("a program that cannot be started is told of", async () => {
  const agent = await added();
  const { code } = await mc.run(["run", ...agent.flags, "--", join(agent.folder, "nowhere")]);
  expect(code).toBe(127);
  expect(await storyOf(agent)).toContain("agent.crashed");
  expect(await ends(agent)).toEqual(["agent.stopped 127"]);
});

test("the server is away at the end and back within the wait: all is told once", async () => {
  const agent = await added();
  const away = run(agent, onceToldTo(agent, `${writes(40)}; exit 9`));
  await eventually(async () => (await messagesOf(agent)).length === 1);
  await relay.cut();
  tellTo(agent);
  await eventually(() => /waits up to 120 s|waits up to 2 min/.test(away.err()));
  expect(away.err()).toContain("The program ended with code 9; no connection to");
  expect(away.err()).toContain("to tell 40 lines and the end");
  await relay.heal();
  expect((await away.ended).code).toBe(9);
  expect(await messagesOf(agent)).toEqual(["ready", ...numbered(40)]);
  expect(await statusOf(agent)).toBe("stopped");
  expect(await ends(agent)).toEqual(["agent.stopped 9"]);
  expect(() => readFileSync(join(agent.folder, "untold.jsonl"))).toThrow("ENOENT");
});

test("the server is away for longer: the next run tells it first, once and in order", async () => {
  const agent = await added();
  const first = run(agent, onceToldTo(agent, `${writes(40)}; exit 9`), ["--tell-for", "100ms"]);
  await eventually(async () => (await messagesOf(agent)).length === 1);
  await relay.cut();
  tellTo(agent);
  const { code, err } = await first.ended;
  expect(code).toBe(9);
  expect(err).toContain("40 lines and the end were not told: no connection to");
  // One that never had a connection, and does not wait for one.
  const second = await run(agent, "echo between; kill -TERM $$", ["--tell-for", "0"]).ended;
  expect(second.code).toBe(143);
  expect(second.err).toContain("1 line and the end were not told");
  expect(second.err).not.toContain("waits up to");
  await relay.heal();

  const third = await run(agent, "echo again; exit 0").ended;
  expect(third.err).toContain("tells first what earlier runs could not: 41 lines and the ends of 2 runs");
  const told = ["ready", ...numbered(40), "between", "again"];
  expect(await messagesOf(agent)).toEqual(told);
  const story = await storyOf(agent);
  const order = ["agent.stopped 9", "agent.stopped SIGTERM", "agent.stopped 0"];
  expect(story.filter((what) => what.startsWith("agent.stopped"))).toEqual(order);
  // Before each end its crash; the run that was never connected was never online.
  const [nine, term] = [story.indexOf("agent.stopped 9"), story.indexOf("agent.stopped SIGTERM")];
  expect(story.slice(nine - 1, term + 1)).toEqual([
    "agent.crashed",
    "agent.stopped 9",
    "agent.crashed",
    "agent.stopped SIGTERM",
  ]);

  await run(agent, "exit 0").ended;
  expect(await messagesOf(agent)).toEqual(told);
  expect(await ends(agent)).toEqual([...order, "agent.stopped 0"]);
});

test("more than is kept is counted, on stderr and at the server", async () => {
  const agent = await added();
  await relay.cut();
  const { code, err } = await run(agent, `${writes(12_000)}; exit 4`, ["--tell-for", "0", "--quiet"]).ended;
  expect(code).toBe(4);
  expect(err).toContain("10000 lines and the end were not told");
  expect(err).toContain("2000 lines of before were not told and are lost");
  await relay.heal();
  await run(agent, "exit 0").ended;
  expect(await messagesOf(agent)).toEqual(numbered(12_000).slice(2_000));
  const [cursor] = await server.ground.db.sql`
    select sum(dropped)::int as dropped from log_cursors where agent_id = ${agent.id}`;
  expect(cursor?.dropped).toBe(2_000);
});

test("a supervisor that is killed while it waits has kept what it waited to tell", async () => {
  const agent = await added();
  await relay.cut();
  const killed = run(agent, "echo hello; exit 3", ["--tell-for", "10m"]);
  await eventually(() => killed.err().includes("waits up to"));
  killed.process.kill("SIGKILL");
  await killed.ended;
  await relay.heal();
  await run(agent, "exit 0").ended;
  expect(await messagesOf(agent)).toEqual(["hello"]);
  expect(await ends(agent)).toEqual(["agent.stopped 3", "agent.stopped 0"]);
});

test("Ctrl-C ends the wait at once, with the program's exit code", async () => {
  const agent = await added();
  await relay.cut();
  const waiting = run(agent, "exit 3", ["--tell-for", "10m"]);
  await eventually(() => waiting.err().includes("waits up to 10 min to tell the end"));
  waiting.process.kill("SIGINT");
  const { code, err } = await waiting.ended;
  expect(code).toBe(3);
  expect(err).toContain("the end was not told: it was told to end at once");
});

test("a state folder that is gone is said, and the exit code stays the program's", async () => {
  const agent = await added();
  await relay.cut();
  const { code, err } = await run(agent, `echo hello; rm -rf "${agent.folder}"; exit 3`, ["--tell-for", "0"])
    .ended;
  expect(code).toBe(3);
  expect(err).toMatch(/1 line and the end were not told: no connection to .*; nor can it be kept .*ENOENT/);
});

test("an agent that could not enrol yet is told of as soon as it can", async () => {
  const { token } = await createJoinToken(ctx(), { expiresInMinutes: 5 });
  const folder = mkdtempSync(join(mc.home, "state-"));
  const name = "joins late";
  await relay.cut();
  const joins = ["run", "--join", token, "--name", name, "--state-dir", folder, "--restart", "never"];
  const run = mc.start([...joins, ...patient, "--", "/bin/sh", "-c", "echo hello; exit 3"]);
  await eventually(() => run.err().includes("waits up to"));
  await relay.heal();
  expect((await run.ended).code).toBe(3);
  const { agentId } = JSON.parse(readFileSync(join(folder, "key.json"), "utf8"));
  const agent = { id: agentId, flags: [], folder };
  expect(await messagesOf(agent)).toEqual(["hello"]);
  expect(await ends(agent)).toEqual(["agent.stopped 3"]);
});

test("a command that was not begun before the end is left to the next run", async () => {
  const agent = await added();
  const wish = { kind: "restart" as const, reason: "test", agentIds: [agent.id], waitMs: 60_000 };
  const [command] = await requestCommands(ctx(), wish);
  const { kind, reason } = wish;
  const left = { id: command?.id, kind, args: {}, reason, deadlineAt: new Date().toISOString() };
  writeFileSync(
    join(agent.folder, "journal.jsonl"),
    `${JSON.stringify({ entry: "command", command: left, step: "acknowledged" })}\n`,
  );
  await relay.cut();
  const run = mc.start([
    ...["run", ...agent.flags, "--", "/bin/sh", "-c"],
    `echo started >> "${agent.folder}/starts"; exit 3`,
  ]);
  await eventually(() => run.err().includes("waits up to"));
  await relay.heal();
  expect((await run.ended).code).toBe(3);
  expect(readFileSync(join(agent.folder, "starts"), "utf8")).toBe("started\n");
  expect(await ends(agent)).toEqual(["agent.stopped 3"]);
});

test("a key that is refused is not waited with", async () => {
  const agent = await added({ key: `mca_${"x".repeat(43)}` });
  const { code, err } = await run(agent, "echo hello; exit 3", ["--tell-for", "10m"]).ended;
  expect(code).toBe(3);
  expect(err).toContain("1 line and the end were not told: Mission Control refuses us (bad-key)");
});
