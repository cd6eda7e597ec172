import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, type Socket } from "socket.io";
import { type AgentAuth, agentNamespace, maxAgentMessageBytes, type Welcome } from "@/contracts/wire/agent";

/** One message of an agent, by the session that it came under. */
export type Heard = { sessionId: string; event: string; message: unknown };

export type CrookedServer = {
  url: string;
  /** All that was said to it, in order. */
  heard: Heard[];
  /** Handshakes it was asked for. */
  handshakes: number;
  /** What it answers; undefined: nothing at all. Takes everything unless told otherwise. */
  answer(heard: Heard, socket: Socket): unknown;
  /** Before a handshake is answered. */
  admit(): Promise<void>;
  /** What it says at the welcome. */
  welcome: Partial<Welcome>;
  /** The connections of agents. */
  sockets(): Socket[];
  /** Answers HTTP, as for enrolment. */
  join: { status: number; body: unknown };
  stop(): Promise<void>;
};

/** A server for agents, on loopback and without a database, that fails on demand, which a real one can't be made to do. */
export async function startCrookedServer(): Promise<CrookedServer> {
  const http = createServer((_request, response) => {
    const { status, body } = server.join;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const io = new Server(http, {
    transports: ["websocket"],
    maxHttpBufferSize: maxAgentMessageBytes,
    serveClient: false,
  });
  const agents = io.of(agentNamespace);
  agents.use(async (_socket, next) => {
    server.handshakes += 1;
    await server.admit();
    next();
  });
  agents.on("connection", (socket) => {
    const { sessionId } = socket.handshake.auth as AgentAuth;
    socket.onAny((event: string, message: unknown, reply?: (answer: unknown) => void) => {
      const heard = { sessionId, event, message };
      server.heard.push(heard);
      const answer = server.answer(heard, socket);
      if (answer !== undefined) reply?.(answer);
    });
    socket.emit("welcome", {
      agentId: "agent",
      name: "crooked",
      nextBeatMs: 1_000,
      logsThrough: -1,
      config: { version: 0, body: null },
      serverTime: Date.now(),
      ...server.welcome,
    } satisfies Welcome);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const server: CrookedServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    heard: [],
    handshakes: 0,
    answer: taken,
    admit: async () => {},
    welcome: {},
    sockets: () => [...agents.sockets.values()],
    join: { status: 503, body: null },
    stop: async () => {
      await io.close();
    },
  };
  return server;
}

/** What a server in order answers. */
export function taken({ event, message }: Heard): unknown {
  if (event === "logs") {
    const { lines } = message as { lines: { seq: number }[] };
    return { ok: true, through: lines.at(-1)?.seq ?? -1 };
  }
  const now = Date.now();
  return { ok: true, nextBeatMs: 1_000, receivedAt: now, answeredAt: now };
}

/** A failure of the server's own. */
export const internal = { ok: false, error: { code: "internal", message: "It failed." } };
