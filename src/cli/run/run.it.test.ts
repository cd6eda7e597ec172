import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createAgent, findAgent } from "@/domain/fleet/agents";
import { createAgentCommands, findCommand, requestCommands } from "@/domain/fleet/commands";
import { findLines } from "@/domain/fleet/logs";
import { type AgentServer, startAgentServer } from "@/testing/agent-server";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { processIdentity } from "./processes";

let server: AgentServer;
let stopCommands: () => Promise<void>;
let folder: string;
let program: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mc-run-"));
  program = join(folder, "mc.cjs");
  const source =
    'import { Command } from "commander"; import { registerRun } from "@/cli/run";' +
    "const mc = new Command().enablePositionalOptions(); registerRun(mc); void mc.parseAsync();";
  await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: "ts" },
    outfile: program,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
    external: ["bufferutil", "utf-8-validate"],
  });
  server = await startAgentServer({
    commands(ground) {
      const commands = createAgentCommands(ground);
      stopCommands = () => commands.stop();
      return commands;
    },
    door: { beatMs: 200 },
  });
});
afterEach(async () => {
  for (const child of running.splice(0)) await ended(child, "SIGTERM");
});
afterAll(async () => {
  await server.stop();
  await stopCommands();
  rmSync(folder, { recursive: true, force: true });
});

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill(signal);
  return gone;
}

/** `mc run` as a process of its own, with its own agent unless one is given. */
let count = 0;
async function run(source: string, given: { agent?: Agent; url?: string; flags?: string[] } = {}) {
  const agent = given.agent ?? (await added());
  const flags = [
    "--key",
    agent.key,
    "--state-dir",
    agent.folder,
    "--url",
    given.url ?? server.url,
    "--grace",
    "2s",
  ];
  const command = [program, "run", ...flags, ...(given.flags ?? []), "--", process.execPath, "-e", source];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  const seen = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      seen.text += chunk;
    });
  }
  return { child, agent, seen };
}
type Agent = { id: string; key: string; folder: string };
async function added(): Promise<Agent> {
  const { id, key } = await createAgent(ctx(), { name: `managed ${count++}` });
  return { id, key, folder: mkdtempSync(join(folder, "state-")) };
}
const ctx = () => personCtx(server.ground);
const statusOf = async (agent: Agent) => (await findAgent(ctx(), agent.id)).status;
const messagesOf = async (agent: Agent) =>
  (await findLines(ctx(), { agentId: agent.id, limit: 500 })).items.map((line) => line.message);
const online = (agent: Agent) => eventually(async () => (await statusOf(agent)) === "online");

async function commanded(agent: Agent, kind: "restart" | "kill" | "health-check" | "pause") {
  const wish = { kind, reason: "test", agentIds: [agent.id], waitMs: 60_000 };
  const [command] = await requestCommands(ctx(), wish);
  if (!command) throw new Error("no command was made");
  return command.id;
}
const outcome = (id: string) =>
  eventually(async () => {
    const command = await findCommand(ctx(), id);
    return ["succeeded", "failed", "expired"].includes(command.state) ? command : null;
  });

/** A cable between agent and server that can be cut: what a server that went away looks like from outside. */
async function cable(port: number) {
  const open = new Set<Socket>();
  let cut = false;
  const listener = createServer((near) => {
    if (cut) return near.destroy();
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {}).on("close", () => open.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  if (!address || typeof address === "string") throw new Error("the cable has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut() {
      cut = true;
      for (const socket of open) socket.destroy();
    },
    mend() {
      cut = false;
    },
    close: () => listener.close(),
  };
}

const forever = "setInterval(() => {}, 1000);";

it("makes a program an agent: lines with levels, task and state, a goodbye with its exit code", async () => {
  const { child, agent, seen } = await run(
    `console.log('::mc task Counting'); console.log('::mc state waiting'); console.log('hello');
     console.error('ERROR it broke'); process.on('SIGTERM', () => { console.log('last word'); process.exit(7); }); ${forever}`,
  );
  await online(agent);
  const shown = await eventually(async () => {
    const found = await findAgent(ctx(), agent.id);
    return found.activity === "waiting" && found.metrics.memoryBytes ? found : null;
  });
  expect(shown.task).toBe("Counting");
  await eventually(async () => (await messagesOf(agent)).length === 2);
  expect(seen.text).not.toContain("::mc");
  expect(await ended(child, "SIGTERM")).toBe(7);
  expect(await messagesOf(agent)).toEqual(["hello", "ERROR it broke", "last word"]);
  expect(await statusOf(agent)).toBe("stopped");
});

it("restarts, checks, and kills on command, and ends with 137 after a kill", async () => {
  const { child, agent } = await run(`console.log('pid ' + process.pid); ${forever}`);
  await online(agent);
  // Online is the supervisor: its program may not have spoken yet.
  await eventually(async () => (await messagesOf(agent)).length === 1);
  const restarted = await outcome(await commanded(agent, "restart"));
  expect(restarted).toMatchObject({ state: "succeeded" });
  await eventually(async () => new Set(await messagesOf(agent)).size === 2);
  expect(await outcome(await commanded(agent, "health-check"))).toMatchObject({ state: "succeeded" });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  expect(await outcome(await commanded(agent, "kill"))).toMatchObject({ state: "succeeded" });
  expect(await gone).toBe(137);
  expect(await statusOf(agent)).toBe("stopped");
});

it("keeps the program running without the server, and sends what was missed once", async () => {
  const wire = await cable(Number(new URL(server.url).port));
  const counter = "let n = 0; setInterval(() => console.log('line ' + n++), 20);";
  const { child, agent } = await run(counter, { url: wire.url });
  await eventually(async () => (await messagesOf(agent)).length > 5);
  wire.cut();
  const before = (await messagesOf(agent)).length;
  // Lines go on while nobody listens.
  await eventually(async () => (await server.gateway.connections.get(agent.id)) === undefined);
  wire.mend();
  const after = await eventually(
    async () => {
      const messages = await messagesOf(agent);
      return messages.length > before + 20 ? messages : null;
    },
    { timeoutMs: 20_000 },
  );
  expect(after).toEqual(after.map((_, index) => `line ${index}`));
  expect(child.exitCode).toBeNull();
  wire.close();
});

it("takes over after its supervisor was killed: the orphan ends, an open command is reported once", async () => {
  const slow = `console.log('pid ' + process.pid); process.on('SIGTERM', () => {}); ${forever}`;
  const first = await run(slow, { flags: ["--grace", "30s"] });
  await online(first.agent);
  const [pid] = (
    await eventually(async () => {
      const messages = await messagesOf(first.agent);
      return messages.length > 0 ? messages : null;
    })
  ).map((message) => Number(message.slice(4)));
  const command = await commanded(first.agent, "restart");
  await eventually(async () => (await findCommand(ctx(), command)).state === "running");
  await ended(first.child, "SIGKILL");
  expect(processIdentity(pid ?? 0)).toBeDefined();

  await run(slow, { agent: first.agent, flags: ["--grace", "100ms"] });
  expect(await outcome(command)).toMatchObject({ state: "succeeded" });
  expect(processIdentity(pid ?? 0)).toBeUndefined();
  await eventually(async () => (await messagesOf(first.agent)).length === 2);
});

it("says plainly that its key is refused, and keeps the program running", async () => {
  const agent = { ...(await added()), key: `mca_${"x".repeat(43)}` };
  const { child, seen } = await run(forever, { agent });
  await eventually(() => seen.text.includes("Mission Control refused us (bad-key)"));
  expect(child.exitCode).toBeNull();
});

it("refuses a second supervisor of the same agent", async () => {
  const first = await run(forever);
  await online(first.agent);
  const second = await run(forever, { agent: first.agent });
  expect(await new Promise((resolve) => second.child.once("exit", resolve))).toBe(1);
  expect(second.seen.text).toContain("supervised already");
});

it("makes a flooding program wait, loses nothing while connected, and stays small", async () => {
  const flood =
    "for (let n = 0; n < 15000; n++) console.log('line ' + n + ' ' + 'x'.repeat(50)); console.log('done');";
  const { child, agent } = await run(flood);
  await new Promise((resolve) => child.once("exit", resolve));
  const [row] = await server.ground.db
    .sql`select count(*)::int as lines, count(distinct message)::int as different from log_lines where agent_id = ${agent.id}`;
  expect(row).toEqual({ lines: 15_001, different: 15_001 });
});

it("keeps what it stores to itself", async () => {
  const { agent } = await run(forever);
  await online(agent);
  const journal = join(agent.folder, "journal.jsonl");
  expect(statSync(journal).mode & 0o077).toBe(0);
  expect(readFileSync(journal, "utf8")).not.toContain(agent.key);
});
