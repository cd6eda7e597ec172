import { afterAll, beforeAll, expect, it } from "vitest";
import WebSocket from "ws";
import { type AgentServer, startAgentServer } from "@/testing/agent-server";
import { eventually } from "@/testing/eventually";
import { handmadeAgent } from "@/testing/handmade-agent";

let server: AgentServer;
beforeAll(async () => {
  server = await startAgentServer();
});
afterAll(() => server.stop());

/** An agent, and the packets of it that Socket.IO's own parser was given. */
async function watched(name: string) {
  const agent = await handmadeAgent(server, name);
  const parsed: unknown[] = [];
  const decoder = Reflect.get(agent.socket.client, "decoder");
  decoder.on("decoded", ({ data }: { data: unknown[] }) => parsed.push(data[0]));
  return { ...agent, parsed };
}

const body = () => JSON.stringify({ at: Date.now(), state: "working" });

it("answers a beat under its id, past the library, and everything else by it", async () => {
  const { ws, hears, parsed, close } = await watched("plain");
  ws.send(`42/agents,1["beat",${body()}]`);
  ws.send(`42/agents,["beat",${body()}]`);
  ws.send(`42/agents,2["beat",{"state":"dancing"}]`);
  expect(await hears("43/agents,1[")).toContain('"nextBeatMs"');
  expect(await hears("43/agents,2[")).toContain('"code":"invalid"');
  expect(parsed).toEqual([]);
  ws.send(`42/agents,3["bat",${body()}]`);
  expect(await hears("43/agents,3[")).toContain("There is no such event");
  expect(parsed).toEqual(["bat"]);
  close();
});

it("writes its answers past the engine, which writes the library's", async () => {
  const { ws, socket, hears, close } = await watched("written");
  const engine: string[] = [];
  socket.conn.on("packetCreate", ({ data }: { data: string }) => engine.push(data));
  ws.send(`42/agents,1["beat",${body()}]`);
  const faulty = JSON.stringify({
    at: Date.now(),
    state: "working",
    metrics: { numbers: { ["depth_of_".repeat(7)]: "deep" } },
  });
  ws.send(`42/agents,2["beat",${faulty}]`);
  const [short, long] = [await hears("43/agents,1["), await hears("43/agents,2[")];
  expect([short.length <= 125, long.length > 125]).toEqual([true, true]);
  expect(engine).toEqual([]);
  ws.send(`42/agents,3[ "beat",${body()}]`);
  const third = await hears("43/agents,3[");
  expect(engine).toEqual([third.slice(1)]);
  close();
});

it("cuts off an agent that floods it and reads no answer, and serves the others", async () => {
  const [deaf, bystander] = [await watched("deaf"), await watched("bystander")];
  deaf.ws.pause();
  let sent = 0;
  while (deaf.socket.connected && sent < 500_000) {
    for (let at = 0; at < 500; at++) deaf.ws.send(`42/agents,${sent++}["beat",${body()}]`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await eventually(() => !deaf.socket.connected);
  expect(server.gateway.connections.get(deaf.socket.data.agent.agentId)).toBeUndefined();
  bystander.ws.send(`42/agents,1["beat",${body()}]`);
  expect(await bystander.hears("43/agents,1[")).toContain('"ok":true');
  for (const { close } of [deaf, bystander]) close();
});

it("leaves a beat that is spelled in another way to the library, which answers the same", async () => {
  const { ws, hears, parsed, close } = await watched("spelled");
  ws.send(`42/agents,1["beat",${body()}]`);
  ws.send(`42/agents,2[ "beat", ${body()}]`);
  ws.send(`42/agents,3["\\u0062eat",${body()}]`);
  ws.send('42/agents,4["beat",{"state":"dancing"}]');
  ws.send('42/agents,5[ "beat",{"state":"dancing"}]');
  const answers = await Promise.all([1, 2, 3].map((ack) => hears(`43/agents,${ack}[`)));
  const fields = answers.map((text) => Object.keys(JSON.parse(text.slice(text.indexOf("[")))[0]));
  expect(fields[0]).toEqual(["ok", "nextBeatMs", "receivedAt", "answeredAt"]);
  expect(fields).toEqual([fields[0], fields[0], fields[0]]);
  const [short, long] = await Promise.all([4, 5].map((ack) => hears(`43/agents,${ack}[`)));
  expect(short?.replace("43/agents,4", "43/agents,5")).toBe(long);
  expect(parsed).toEqual(["beat", "beat", "beat"]);
  close();
});

it("ends the connection for a beat that is no JSON, as the library does, and lives on", async () => {
  for (const [name, text] of [
    ["cut", '42/agents,1["beat",{"at":1'],
    ["wordy", '42/agents,one["beat",{"at":1}]'],
  ] as const) {
    const { ws } = await watched(name);
    ws.send(text);
    await eventually(() => ws.readyState === WebSocket.CLOSED);
  }
  const other = await watched("other");
  other.ws.send(`42/agents,1["beat",${body()}]`);
  expect(await other.hears("43/agents,1[")).toContain('"ok":true');
  other.close();
});

it("takes no beat of one who left the namespace", async () => {
  const { ws, socket } = await watched("left");
  const { agentId } = socket.data.agent;
  ws.send("41/agents,");
  await eventually(() => !socket.connected);
  expect(socket.conn.listeners("data"), "only the library listens again").toHaveLength(1);
  ws.send(`42/agents,1["beat",${body()}]`);
  await eventually(() => ws.readyState === WebSocket.CLOSED);
  expect(server.gateway.connections.get(agentId)).toBeUndefined();
});
