import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Received, TeamsBehaviour, TeamsOrder } from "./teams-server";

/**
 * A webhook service in a process of its own: told by its parent over IPC how to behave at each path, it keeps what
 * came in. Run by `startTeamsServer`.
 */
const scripts = new Map<string, TeamsBehaviour[]>();
const standing = new Map<string, TeamsBehaviour>();
const received: Received[] = [];
let port = 0;

const answer = (request: IncomingMessage, response: ServerResponse) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const path = request.url ?? "/";
    const behaviour = scripts.get(path)?.shift() ??
      standing.get(path) ?? { kind: "answer", status: 202, body: "" };
    const taken =
      behaviour.kind === "drip" ||
      behaviour.kind === "late" ||
      (behaviour.kind === "answer" && behaviour.status < 300 && !behaviour.fails);
    const body = Buffer.concat(chunks).toString("utf8");
    received.push({ path, body, headers: request.headers, behaviour: behaviour.kind, taken, at: Date.now() });
    act(behaviour, response);
  });
};
const [cert, key] = process.argv.slice(2);
const server = cert && key ? createTlsServer({ cert, key }, answer) : createServer(answer);

function act(behaviour: TeamsBehaviour, response: ServerResponse): void {
  switch (behaviour.kind) {
    case "answer":
      response.writeHead(behaviour.status, behaviour.headers ?? {}).end(behaviour.body ?? "");
      return;
    case "late":
      setTimeout(() => response.writeHead(202).end(), behaviour.afterMs);
      return;
    case "hang":
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "drip": {
      response.writeHead(202, { "content-type": "text/plain" });
      const timer = setInterval(() => response.write("."), behaviour.everyMs);
      response.once("close", () => clearInterval(timer));
    }
  }
}

function listen(): Promise<void> {
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      port = (server.address() as AddressInfo).port;
      resolve();
    });
  });
}

function close(): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function obey(order: TeamsOrder): Promise<unknown> {
  switch (order.do) {
    case "script":
      if (order.standing) standing.set(order.path, order.standing);
      scripts.set(order.path, order.next);
      return null;
    case "received":
      return received;
    case "refuse":
      return close();
    case "accept":
      return listen();
  }
}

process.on("message", (message: { id: number; order: TeamsOrder }) => {
  void obey(message.order).then((answer) => process.send?.({ id: message.id, answer: answer ?? null }));
});
process.on("disconnect", () => process.exit(0));
await listen();
process.send?.({ port });
