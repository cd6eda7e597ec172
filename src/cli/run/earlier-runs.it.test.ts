import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AgentLogs } from "@/contracts/wire/agent";
import { type Heard, internal, taken } from "@/testing/crooked-server";
import { eventually } from "@/testing/eventually";
import { type ManagedAgentStage, managedAgentStage } from "@/testing/managed-agent-stage";
import type { Untold } from "./untold";
import { UntoldFile } from "./untold-file";

/** What runs left to tell, before a server that fails at it: the present run gets its turn in any case. */
let stage: ManagedAgentStage;
beforeEach(async () => {
  stage = await managedAgentStage();
});
afterEach(() => stage.stop());

function left(sessionId: string, more: Partial<Untold> = {}): void {
  new UntoldFile(stage.folder).keep({
    url: stage.server.url,
    agentId: null,
    identity: { sessionId },
    end: { at: Date.now(), reason: "it ended", exitCode: 9, signal: null },
    lines: [{ seq: 0, at: 1, level: "info", message: "left" }],
    dropped: 0,
    activities: [{ id: `${sessionId}-crash`, at: Date.now(), kind: "crashed", title: "Crashed" }],
    ...more,
  });
}
const kept = () => new UntoldFile(stage.folder).all.map(({ identity }) => identity.sessionId);
const heardOf = (sessionId: string, event: string) =>
  stage.server.heard.filter((heard) => heard.sessionId === sessionId && heard.event === event);
/** Once the present run has its connection. */
async function connected() {
  const onStage = stage.agent("exec sleep 300");
  return {
    ...onStage,
    async go() {
      await onStage.go();
      await eventually(() => stage.server.heard.some(({ event }) => event === "beat"), { timeoutMs: 90_000 });
    },
  };
}
const linesOf = ({ message }: Heard) => (message as AgentLogs).lines;

test("a connection that breaks at each try holds up neither the runs behind nor the present one", async () => {
  left("broken", { activities: [] });
  left("behind");
  stage.server.answer = (heard, socket) => {
    if (heard.sessionId !== "broken" || heard.event !== "logs") return taken(heard);
    socket.conn.close();
    return undefined;
  };
  const { said, go } = await connected();
  await go();
  expect(heardOf("broken", "logs")).toHaveLength(3);
  expect(heardOf("behind", "bye")).toHaveLength(1);
  expect(kept()).toEqual(["broken"]);
  expect(said).toContain(`${stage.server.url} does not take all of it now: the next run tries it again`);
});

test("what passes only in small messages is told in small ones", async () => {
  const lines = Array.from({ length: 400 }, (_, seq) => ({
    ...{ seq, at: 1, level: "info" as const },
    message: `${seq} ${"x".repeat(2_000)}`,
  }));
  left("large", { lines });
  const through: number[] = [];
  stage.server.answer = (heard, socket) => {
    if (JSON.stringify(heard.message).length > 64 * 1024) {
      socket.conn.close();
      return undefined;
    }
    if (heard.event === "logs") through.push(...linesOf(heard).map(({ seq }) => seq));
    return taken(heard);
  };
  const { go } = await connected();
  await go();
  expect(through).toEqual(lines.map(({ seq }) => seq));
  expect(heardOf("large", "bye")).toHaveLength(1);
  expect(kept()).toEqual([]);
});

test("what the server fails on each time is set aside and counted, and the end is told", async () => {
  left("poisoned");
  stage.server.answer = (heard) => {
    const poison =
      heard.event === "activity" || (heard.event === "logs" && linesOf(heard).some(({ seq }) => seq === 0));
    return heard.sessionId === "poisoned" && poison ? internal : taken(heard);
  };
  const { said, go } = await connected();
  await go();
  expect(heardOf("poisoned", "logs").at(-1)?.message).toEqual({ lines: [], dropped: 1 });
  expect(heardOf("poisoned", "bye")).toHaveLength(1);
  expect(said).toContain("log lines of an earlier run were refused: It failed.");
  expect(kept()).toEqual([]);
});

test("an end that the server fails on stays for the next run, and the others are told", async () => {
  left("endless");
  left("behind");
  stage.server.answer = (heard) =>
    heard.sessionId === "endless" && heard.event === "bye" ? internal : taken(heard);
  const { go } = await connected();
  await go();
  expect(heardOf("behind", "bye")).toHaveLength(1);
  expect(new UntoldFile(stage.folder).all).toMatchObject([
    { identity: { sessionId: "endless" }, lines: [], activities: [] },
  ]);
});

test("a server that takes nothing is not tried with all that earlier runs left", async () => {
  for (const sessionId of ["one", "two", "three"]) left(sessionId);
  stage.server.answer = (heard, socket) => {
    if (heard.event === "beat") return taken(heard);
    socket.conn.close();
    return undefined;
  };
  const { go } = await connected();
  await go();
  expect(stage.server.heard.some(({ sessionId }) => sessionId === "three")).toBe(false);
  expect(kept()).toEqual(["one", "two", "three"]);
});

test("another agent's key: what was left is nobody's to tell, is dropped, and that is said", async () => {
  left("strangers", { agentId: "another" });
  const { said, go } = await connected();
  await go();
  expect(stage.server.heard.filter(({ sessionId }) => sessionId === "strangers")).toEqual([]);
  expect(said).toContain("what an earlier run left to tell is dropped: the key is another agent's now");
  expect(kept()).toEqual([]);
});

test("what was told and can't be forgotten is said, and the present run connects", async () => {
  left("told");
  const { said, go } = await connected();
  // A directory in its place can't be removed like a file.
  const path = join(stage.folder, "untold.jsonl");
  rmSync(path);
  mkdirSync(path);
  await go();
  expect(heardOf("told", "bye")).toHaveLength(1);
  expect(said).toContainEqual(expect.stringContaining("the state folder can't be written"));
  expect(existsSync(path)).toBe(true);
});
