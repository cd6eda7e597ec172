import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { taken } from "@/testing/crooked-server";
import { eventually } from "@/testing/eventually";
import { type ManagedAgentStage, managedAgentStage } from "@/testing/managed-agent-stage";
import { UntoldFile } from "./untold-file";

let stage: ManagedAgentStage;
beforeEach(async () => {
  stage = await managedAgentStage();
});
afterEach(() => stage.stop());
const heard = (event: string) => stage.server.heard.filter((message) => message.event === event);

it("keeps what it tells when the server is slow to take it, before anybody can kill it", async () => {
  const told = join(stage.folder, "go");
  const { agent, said, go } = stage.agent(`until [ -e "${told}" ]; do sleep 0.02; done; echo hello; exit 3`);
  let silent = true;
  stage.server.answer = (message) => (message.event === "logs" && silent ? undefined : taken(message));
  await go();
  await eventually(() => heard("beat").length > 0);
  writeFileSync(told, "");
  const [kept] = await eventually(() => {
    const { all } = new UntoldFile(stage.folder);
    return all.length > 0 ? all : null;
  });
  expect(kept).toMatchObject({ lines: [{ message: "hello" }], end: { exitCode: 3 } });
  // It still tells: it has not come to think that the server takes nothing.
  expect(said.filter((words) => words.includes("waits up to"))).toEqual([]);
  silent = false;
  for (const socket of stage.server.sockets()) socket.conn.close();
  expect(await agent.finished).toBe(3);
  expect(heard("bye")).toHaveLength(1);
  expect(new UntoldFile(stage.folder).all).toEqual([]);
});

it("--stay: says that it waits until that is heard, and again over a new connection", async () => {
  const { agent, lines, go } = stage.agent("echo up; exec sleep 300", { stay: true });
  stage.server.answer = (message) =>
    message.event === "bye" && heard("bye").length === 1 ? undefined : taken(message);
  await go();
  await eventually(() => lines.length === 1);
  await eventually(() => heard("beat").length > 0);
  const [socket] = stage.server.sockets();
  socket?.emit("command", { id: "k", kind: "kill", args: {}, reason: "", deadlineAt: "" }, () => {});
  await eventually(() => heard("bye").length === 2);
  socket?.conn.close();
  await eventually(() => heard("bye").length === 3);
  expect(heard("bye").at(-1)?.message).toEqual({ reason: "Killed on command; waits for a restart" });
  expect(agent.supervisor.child).toBeNull();
});
