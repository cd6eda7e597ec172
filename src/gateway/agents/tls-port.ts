import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { Server as SocketServer } from "socket.io";
import { maxAgentMessageBytes } from "@/contracts/wire/agent";
import type { ListenerCredentials } from "@/domain/fleet/certificates";
import { drain, listen } from "@/platform/web/listener";
import type { AgentGateway } from "./mount";

export type AgentTlsPort = { port: number; stop(): Promise<void> };

/**
 * The listener for agents with client certificates: TLS 1.3 only, and nobody's handshake succeeds without a
 * certificate of the authority. Behind it are the agents' namespace and `/v1/agent/…`, and nothing else.
 */
export async function openAgentTlsPort(options: {
  port: number;
  host: string;
  credentials: ListenerCredentials;
  gateway: AgentGateway;
  answerApi: (request: IncomingMessage, response: ServerResponse) => boolean;
}): Promise<AgentTlsPort> {
  const server = createServer({
    ...options.credentials,
    minVersion: "TLSv1.3",
    requestCert: true,
    rejectUnauthorized: true,
  });
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/v1/agent/") && options.answerApi(request, response)) return;
    response.writeHead(404, { "Content-Type": "application/json; charset=utf-8" });
    response.end(JSON.stringify({ error: { code: "not-found", message: nothingHere } }));
  });
  const io = new SocketServer(server, {
    serveClient: false,
    transports: ["websocket"],
    maxHttpBufferSize: maxAgentMessageBytes,
    perMessageDeflate: false,
    pingInterval: 10_000,
    pingTimeout: 10_000,
  });
  options.gateway.open(io);
  const port = await listen(server, options.port, options.host);
  return {
    port,
    async stop() {
      io.engine.close();
      await drain(server);
    },
  };
}

const nothingHere = "On this port there is only the agent protocol: Socket.IO at /agents, and /v1/agent/….";
