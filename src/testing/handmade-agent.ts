import type { Socket } from "node:net";
import WebSocket from "ws";
import { createAgent } from "@/domain/fleet/agents";
import type { AgentServer } from "./agent-server";
import { eventually } from "./eventually";
import { personCtx } from "./ground";

/** An agent that speaks Socket.IO by hand, so that a test decides how its words are spelled and cut into packets. */
export async function handmadeAgent(server: AgentServer, name: string) {
  const { id, key } = await createAgent(personCtx(server.ground), { name });
  const ws = new WebSocket(`${server.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
  const heard: string[] = [];
  ws.on("message", (data) => heard.push(String(data)));
  const hears = (start: string) => eventually(() => heard.find((text) => text.startsWith(start)));
  await hears("0{");
  const auth = { key, protocol: 1, sessionId: name, hostname: "h", version: "1", pid: 1, commandLine: "x" };
  ws.send(`40/agents,${JSON.stringify(auth)}`);
  await hears('42/agents,["welcome"');
  const socket = server.gateway.connections.get(id);
  if (!socket) throw new Error("Who is welcome has a connection.");
  return {
    ws,
    auth,
    hears,
    /** The server's end. */
    socket,
    /** Bytes below the WebSocket. */
    told: (bytes: Buffer) => new Promise<void>((resolve) => wireOf(ws).write(bytes, () => resolve())),
    close: () => ws.terminate(),
  };
}

const wireOf = (ws: WebSocket): Socket => Reflect.get(ws, "_socket");
