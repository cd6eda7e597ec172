import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { TLSSocket } from "node:tls";
import { Server as SocketServer } from "socket.io";
import { maxAgentMessageBytes } from "@/contracts/wire/agent";
import {
  type ListenerCredentials,
  plainSerial,
  presentedCertificate,
  revokedSerials,
} from "@/domain/fleet/certificates";
import type { Ground } from "@/domain/kernel";
import { counter } from "@/platform/metrics";
import { followFiles } from "@/platform/web/follow-files";
import { drain, listen } from "@/platform/web/listener";
import type { AgentGateway } from "./mount";

export type AgentTlsPort = { port: number; stop(): Promise<void> };

/**
 * The listener for agents with client certificates: TLS 1.3 only, and nobody's handshake succeeds without a
 * certificate of the authority. Behind it are the agents' namespace and `/v1/agent/…`, and nothing else.
 */
export async function openAgentTlsPort(options: {
  ground: Pick<Ground, "bus" | "log">;
  port: number;
  host: string;
  credentials: ListenerCredentials;
  gateway: AgentGateway;
  answerApi: (request: IncomingMessage, response: ServerResponse) => boolean;
}): Promise<AgentTlsPort> {
  const { ground } = options;
  const { credentials } = options;
  const minVersion = "TLSv1.3" as const;
  const first = await credentials.read();
  const server = createServer({ ...first, minVersion, requestCert: true, rejectUnauthorized: true });
  const open = new Set<TLSSocket>();
  server.on("secureConnection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  const refusals = counter("mc_agent_tls_refused_total", "Refused TLS handshakes of agents, by why.", [
    "reason",
  ]);
  server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
    const reason = String(socket.authorizationError ?? error.code ?? "unknown");
    refusals.inc({ reason });
    ground.log.info({ reason, from: socket.remoteAddress }, "An agent's TLS handshake was refused.");
  });
  // Whoever comes with a ticket of before a revocation is judged by the table; new handshakes end here already.
  async function renew(): Promise<void> {
    try {
      const material = await credentials.read();
      server.setSecureContext({ ...material, minVersion });
      if (material.crl) closeRevoked(open, material.crl);
    } catch (error) {
      // A file that is half written is complete at the next look; what was read before goes on.
      ground.log.warn({ err: error }, "The certificates of the agents' port could not be read anew.");
    }
  }
  const stopListening = ground.bus.subscribe("keys.revoked", () => void renew());
  const stopFollowing = followFiles(credentials.files, () => {
    ground.log.info({ files: credentials.files }, "Certificates of the agents' port have changed.");
    void renew();
  });
  server.on("request", (request, response) => {
    const known = presentedCertificate(request.socket) !== null;
    if (known && request.url?.startsWith("/v1/agent/") && options.answerApi(request, response)) return;
    response.writeHead(404, { "Content-Type": "application/json; charset=utf-8" });
    response.end(JSON.stringify({ error: { code: "not-found", message: nothingHere } }));
  });
  const io = new SocketServer(server, {
    serveClient: false,
    transports: ["websocket"],
    allowRequest: (request, answer) => answer(null, presentedCertificate(request.socket) !== null),
    maxHttpBufferSize: maxAgentMessageBytes,
    perMessageDeflate: false,
    pingInterval: 10_000,
    pingTimeout: 10_000,
  });
  options.gateway.open(io);
  const port = await listen(server, options.port, options.host, "MC_AGENT_TLS_PORT");
  return {
    port,
    async stop() {
      stopListening();
      stopFollowing();
      io.engine.close();
      await drain(server);
    },
  };
}

/** Connections of before fall too: a list that only met new ones would leave a thief in for days. */
function closeRevoked(open: Iterable<TLSSocket>, list: string): void {
  const revoked = revokedSerials(list);
  for (const socket of open) {
    const { serialNumber } = socket.getPeerCertificate();
    if (serialNumber && revoked.has(plainSerial(serialNumber))) socket.destroy();
  }
}

const nothingHere = "On this port there is only the agent protocol: Socket.IO at /agents, and /v1/agent/….";
