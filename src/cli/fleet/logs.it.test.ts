import { afterAll, beforeAll, expect, test } from "vitest";
import { createAgent } from "@/domain/fleet/agents";
import { eventually } from "@/testing/eventually";
import { FakeAgent } from "@/testing/fake-agent";
import { personCtx } from "@/testing/ground";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";

let server: WholeServer;
let mc: McCommand;
let agent: FakeAgent;
beforeAll(async () => {
  server = await startWholeServer();
  const { token } = await server.person("viewer");
  mc = await buildMc({ MC_URL: server.url, MC_API_TOKEN: token });
  const { key } = await createAgent(personCtx(server.ground), { name: "talker" });
  agent = new FakeAgent({ url: server.url, key, reconnect: true });
  await agent.connect();
});
afterAll(async () => {
  agent.socket.disconnect();
  await mc.close();
  await server.stop();
});

const linesOf = (text: string) => text.trim().split("\n").filter(Boolean);
const ending = (text: string, wanted: string) => linesOf(text).at(-1)?.endsWith(wanted);

test("the newest lines, then what comes, each once, also over a break", async () => {
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
  const tail = mc.start(["logs", "tail", "talker", "--level", "warn", "--json"]);
  await eventually(() => linesOf(tail.out()).length === 1);
  await agent.logs(["not this", { message: "bad", level: "error" }]);
  await eventually(() => linesOf(tail.out()).length === 2);
  expect(linesOf(tail.out()).map((line) => JSON.parse(line).message)).toEqual(["three\nand more", "bad"]);
  tail.process.kill("SIGINT");
  await tail.ended;
});

test("without following it ends; what cannot be is refused in words and codes", async () => {
  const ended = await mc.run(["logs", "tail", "talker", "--no-follow", "--since", "1h"]);
  expect(ended.code).toBe(0);
  expect(linesOf(ended.out)).toHaveLength(9);
  const refused = (...args: string[]) => mc.run(["logs", "tail", ...args, "--no-follow"]);
  expect(await refused("nobody")).toMatchObject({ code: 4, err: expect.stringContaining("called nobody") });
  expect(await refused("talker", "--since", "soon")).toMatchObject({ code: 2 });
  const count = await refused("talker", "-n", "many");
  expect(count).toMatchObject({ code: 2, err: expect.stringContaining("a number from 1 to 500") });
});

test("a reader that has enough is no failure", async () => {
  const tail = mc.start(["logs", "tail", "talker"]);
  await eventually(() => tail.out().includes("two"));
  tail.process.stdout?.destroy();
  await agent.logs(["nobody reads this"]);
  expect(await tail.ended).toMatchObject({ code: 0, err: "" });
});
