import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAgent, findAgent } from "@/domain/fleet/agents";
import { findCommand, requestCommands } from "@/domain/fleet/commands";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";
import { processIdentity } from "./processes";

let server: WholeServer;
let mc: McCommand;
beforeAll(async () => {
  server = await startWholeServer();
  mc = await buildMc({ MC_URL: server.url });
});
afterAll(async () => {
  await mc.close();
  await server.stop();
});

const ctx = () => personCtx(server.ground);
async function added(name: string) {
  const { id, key } = await createAgent(ctx(), { name });
  return { id, flags: ["--key", key, "--state-dir", mkdtempSync(join(mc.home, "state-")), "--grace", "1s"] };
}
const program = [
  "--",
  process.execPath,
  "-e",
  "console.log('pid', process.pid); setInterval(() => {}, 1000)",
];
const pidsIn = (text: string) => [...text.matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));
const statusOf = async (id: string) => (await findAgent(ctx(), id)).status;

async function commanded(id: string, kind: "kill" | "restart") {
  const [command] = await requestCommands(ctx(), { kind, reason: "test", agentIds: [id], waitMs: 60_000 });
  return eventually(async () => {
    const now = await findCommand(ctx(), command?.id ?? "");
    return now.state === "succeeded" ? now : null;
  });
}

test("--stay: after a kill it waits, stopped, for a restart; Ctrl-C ends it", async () => {
  const { id, flags } = await added("stays");
  const run = mc.start(["run", ...flags, "--stay", ...program]);
  await eventually(() => pidsIn(run.out()).length === 1);
  await eventually(async () => (await statusOf(id)) === "online");
  const [first = 0] = pidsIn(run.out());

  const killed = await commanded(id, "kill");
  expect(killed.message).toBe(`Process ${first} ended by SIGKILL and stays down.`);
  await eventually(async () => (await statusOf(id)) === "stopped");
  expect(processIdentity(first)).toBeUndefined();
  expect(run.process.exitCode).toBeNull();

  await commanded(id, "restart");
  await eventually(async () => (await statusOf(id)) === "online");
  const [, second = 0] = await eventually(() => (pidsIn(run.out()).length === 2 ? pidsIn(run.out()) : null));
  expect(processIdentity(second)).toBeDefined();

  run.process.kill("SIGINT");
  await run.ended;
  expect(processIdentity(second)).toBeUndefined();
  await eventually(async () => (await statusOf(id)) === "stopped");
});

test("a supervisor that is killed while it starts its program leaves none that nobody knows", async () => {
  const { flags } = await added("killed early");
  const note = join(mc.home, "early.pid");
  // The program's first deed is to kill its supervisor: within the time that noting it takes, or right after.
  const fatal = ["--", "/bin/sh", "-c", 'kill -9 "$PPID"; echo $$ > "$0"; exec sleep 300', note];
  await mc.start(["run", ...flags, ...fatal]).ended;
  const orphan = await eventually(() => Number(readFileSync(note, "utf8")));
  expect(processIdentity(orphan)).toBeDefined();

  const next = mc.start(["run", ...flags, ...program]);
  await eventually(() => pidsIn(next.out()).length === 1);
  expect(processIdentity(orphan)).toBeUndefined();
  expect(next.err()).toContain(`ended process ${orphan}, left behind`);
  next.process.kill("SIGTERM");
  await next.ended;
});
