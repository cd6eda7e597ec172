import { afterAll, beforeAll, expect, test } from "vitest";
import type { Agent } from "@/contracts/fleet/agent";
import type { Command, CommandKind } from "@/contracts/fleet/command";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import { Api } from "../api";
import { type HeldLine, heldLine } from "./held-line";
import { expectChainWhole } from "./invariants";
import { killMoments } from "./kill-moments";
import { randomFrom, seed, tries } from "./seeded";
import { SupervisedProgram } from "./supervised-program";

let db: TestDatabase;
let server: ServerProcess;
let api: Api;
const lines: HeldLine[] = [];
const programs: SupervisedProgram[] = [];

beforeAll(async () => {
  db = await testDatabase();
  server = await startServerProcess({ DATABASE_URL: db.url, MC_BEAT_MS: "300", MC_SILENT_AFTER_MS: "3000" });
  api = await Api.login(server.url);
});
afterAll(async () => {
  for (const program of programs) await program.close();
  for (const line of lines) await line.close();
  await server?.close();
  await db?.close();
});

const agentNow = (id: string) => api.call<Agent>("GET", `/v1/agents/${id}`);
const commandNow = (id: string) => api.call<Command>("GET", `/v1/commands/${id}`);
const finalStates = ["succeeded", "failed", "expired", "cancelled"];
const takenOver = /supervisor was replaced/;

/** One agent that is asked for `kind` again and again, and whose supervisor is killed each time. */
async function endure(kind: CommandKind, random: () => number): Promise<void> {
  const made = await api.call<{ id: string; key: string }>("POST", "/v1/agents", { name: `killed-${kind}` });
  const line = await heldLine(server.url);
  const program = await SupervisedProgram.make(line.url, made.key);
  lines.push(line);
  programs.push(program);
  const online = async () => {
    const { status, sessionId } = await agentNow(made.id);
    return status === "online" ? sessionId : null;
  };
  program.start();
  await eventually(online, { timeoutMs: 20_000 });

  for (let round = 0; round < tries * killMoments.length; round += 1) {
    const moment = killMoments[round % killMoments.length];
    if (!moment) continue;
    const where = `${kind}, killed when ${moment.name}`;
    const sessionBefore = await online();
    const startsBefore = await program.starts();
    const checksBefore = await program.healthChecks();
    const id = await moment.reach({
      program,
      line,
      random,
      request: async () => {
        const path = `/v1/agents/${made.id}/commands`;
        return (await api.call<Command>("POST", path, { kind, reason: where, waitMs: 60_000 })).id;
      },
      state: async (commandId) => (await commandNow(commandId)).state,
    });
    await program.killSupervisor();
    line.release("toAgent");
    line.release("toServer");
    // Away for longer than the threshold, the agent is said to be offline; its command waits all the same.
    if (!moment.begun && random() < 0.5) {
      await eventually(async () => (await agentNow(made.id)).status === "offline", { timeoutMs: 15_000 });
    }
    program.start();

    const command = await eventually(
      async () => {
        const now = await commandNow(id);
        return finalStates.includes(now.state) ? now : null;
      },
      { timeoutMs: 30_000, everyMs: 50 },
    );
    await eventually(async () => ![null, sessionBefore].includes(await online()), { timeoutMs: 20_000 });
    // Every supervisor starts its program once; whatever is beyond that was done for the command.
    const started = (await program.starts()).slice(startsBefore.length);
    const restarts = started.length - 1;
    const did = kind === "restart" ? restarts : (await program.healthChecks()) - checksBefore;
    const inherited = takenOver.test(command.message ?? "");
    const seen = `${where}: ${command.state}, ${command.message}, done ${did} times`;
    expect(did, seen).toBeLessThanOrEqual(1);
    expect(["succeeded", "failed"], seen).toContain(command.state);
    if (!inherited || !moment.begun || moment.known) {
      expect([command.state, did, inherited], seen).toEqual(["succeeded", 1, false]);
    }
    // The host's new supervisor replaced the process, which is what a restart is for; a check it can't vouch for.
    if (inherited) expect(command.state, seen).toBe(kind === "restart" ? "succeeded" : "failed");
    const old = new Set(startsBefore.map(({ pid }) => pid));
    const living = await eventually(async () => {
      const now = await program.living();
      return now.length === 1 ? now : null;
    });
    expect(old.has(living[0]?.pid ?? 0), `${where}: the orphan of the dead supervisor lives`).toBe(false);
  }
}

test(`R5: the supervisor killed around a command: it ends truthfully, is done once, no orphan stays (seed ${seed}, ${2 * tries * killMoments.length} kills)`, async () => {
  await Promise.all([
    endure("restart", randomFrom(seed)),
    endure("health-check", randomFrom(seed + 1)),
  ]).catch((error: unknown) => {
    throw new Error(
      `${error instanceof Error ? error.message : error}\n${programs.map((one) => one.output).join("\n")}`,
      { cause: error },
    );
  });
  await expectChainWhole(db);
  const twice = await db.sql`
    select target->>'id' as id, kind, count(*) from facts where kind like 'command.%' group by 1, 2 having count(*) > 1`;
  expect(twice).toEqual([]);
});
