import { afterEach, beforeEach, expect, it } from "vitest";
import type { CommandUpdate } from "@/contracts/wire/agent";
import { taken } from "@/testing/crooked-server";
import { eventually } from "@/testing/eventually";
import { type ManagedAgentStage, managedAgentStage } from "@/testing/managed-agent-stage";

let stage: ManagedAgentStage;
beforeEach(async () => {
  stage = await managedAgentStage();
});
afterEach(() => stage.stop());

/** Resolves once the agent has the command. */
async function command(id: string, kind: string): Promise<void> {
  const [socket] = stage.server.sockets();
  const message = { id, kind, args: {}, reason: "test", deadlineAt: "2026-01-01T00:00:00Z" };
  expect(await socket?.timeout(10_000).emitWithAck("command", message)).toEqual({ ok: true });
}
const updates = () =>
  stage.server.heard
    .filter(({ event }) => event === "command.update")
    .map(({ message }) => message as CommandUpdate);
const connected = () => eventually(() => stage.server.heard.some(({ event }) => event === "beat"));

it("begins no restart while the program has its time to end; a kill ends that at once", async () => {
  const { agent, lines, go } = stage.agent("trap '' TERM; echo up; while :; do sleep 0.02; done");
  await go();
  await eventually(() => lines.length === 1);
  await connected();
  void agent.stop("SIGTERM");
  await command("restart", "restart");
  await command("kill", "kill");
  expect(await agent.finished).toBe(137);
  expect(lines).toEqual(["up"]);
  expect(agent.supervisor.child).toBeNull();
  expect(updates().map(({ id, state }) => `${id} ${state}`)).toEqual([
    "kill acknowledged",
    "kill running",
    "kill succeeded",
  ]);
  const byes = stage.server.heard.filter(({ event }) => event === "bye");
  expect(byes).toMatchObject([{ message: { reason: "Its supervisor was told to end (SIGTERM)" } }]);
});

it("starts nothing when it is told to end just before a restart begins, and says so", async () => {
  const { agent, journal, lines, go } = stage.agent("echo up; exec sleep 300");
  stage.server.answer = (heard) => {
    if ((heard.message as CommandUpdate).state === "running" && heard.event === "command.update")
      void agent.stop("SIGTERM");
    return taken(heard);
  };
  await go();
  await eventually(() => lines.length === 1);
  await connected();
  await command("restart", "restart");
  expect(await agent.finished).toBe(143);
  expect(lines).toEqual(["up"]);
  expect(agent.supervisor.child).toBeNull();
  expect(updates().at(-1)).toMatchObject({ state: "failed", message: expect.stringMatching(/^Not done/) });
  expect(journal.find("restart")).toMatchObject({ step: "told", result: { ok: false } });
});
