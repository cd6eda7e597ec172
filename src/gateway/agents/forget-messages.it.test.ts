import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import WebSocket from "ws";
import { type AgentServer, startAgentServer } from "@/testing/agent-server";
import { eventually } from "@/testing/eventually";
import { handmadeAgent } from "@/testing/handmade-agent";
import { insidesOf } from "./insides";

let server: AgentServer;
beforeAll(async () => {
  server = await startAgentServer();
});
afterAll(() => server.stop());

async function handmade(name: string) {
  const agent = await handmadeAgent(server, name);
  const insides = insidesOf(agent.socket);
  if (!insides) throw new Error("This connection's messages are kept where nobody looks for them.");
  return { ...agent, insides };
}

const beat = (ack: number) =>
  `42/agents,${ack}["beat",{"at":${Date.now()},"state":"working","task":"t${ack}"}]`;

/** One masked text frame, as its bytes. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, masked]);
}

it("keeps nothing of a beat, and of an answer that the engine sends", async () => {
  const agent = await handmade("forgotten");
  const { conn, receiver } = agent.insides;
  agent.ws.send(beat(1));
  await agent.hears("43/agents,1[");
  const lists = { sent: conn.writeBuffer, heard: receiver._fragments };
  agent.ws.send(beat(2));
  expect(await agent.hears("43/agents,2[")).toContain('"ok":true');
  agent.ws.send('42/agents,3["no such event",{}]');
  await agent.hears("43/agents,3[");
  expect(conn.writeBuffer).not.toBe(lists.sent);
  expect(receiver._fragments).not.toBe(lists.heard);
  expect([lists.sent, lists.heard]).toEqual([[], []]);
  agent.close();
});

it("takes beats however they are cut: several at once, in parts, or byte by byte", async () => {
  const agent = await handmade("cut");
  const [third, fourth] = [frameOf(beat(3)), frameOf(beat(4))];
  // Two whole ones, and a third that stops after its mask.
  await agent.told(Buffer.concat([frameOf(beat(1)), frameOf(beat(2)), third.subarray(0, 8)]));
  for (const ack of [1, 2]) expect(await agent.hears(`43/agents,${ack}[`)).toContain('"ok":true');
  await agent.told(third.subarray(8));
  for (const byte of fourth) await agent.told(Buffer.from([byte]));
  const fifth = beat(5);
  agent.ws.send(fifth.slice(0, 20), { fin: false });
  agent.ws.send(fifth.slice(20), { fin: true });
  for (const ack of [3, 4, 5]) expect(await agent.hears(`43/agents,${ack}[`)).toContain('"ok":true');
  agent.close();
});

it("ends the connection of one that leaves the namespace and comes back on it, since its request is gone", async () => {
  const agent = await handmade("back");
  agent.ws.send("41/agents,");
  agent.ws.send(`40/agents,${JSON.stringify(agent.auth)}`);
  await eventually(() => agent.ws.readyState === WebSocket.CLOSED);
  const other = await handmade("other");
  other.close();
});
