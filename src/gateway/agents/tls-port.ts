import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { Server as SocketServer } from "socket.io";
import { maxAgentMessageBytes } from "@/contracts/wire/agent";
import { type ListenerCredentials, presentedCertificate } from "@/domain/fleet/certificates";
import type { Ground } from "@/domain/kernel";
import { counter } from "@/platform/metrics";
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
  const { revocations, ...pem } = options.credentials;
  const material = async () => ({
    ...pem,
    ...(revocations ? { crl: await revocations() } : {}),
    minVersion: "TLSv1.3" as const,
  });
  const server = createServer({ ...(await material()), requestCert: true, rejectUnauthorized: true });
  const refusals = counter("mc_agent_tls_refused_total", "Refused TLS handshakes of agents, by why.", [
    "reason",
  ]);
  server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
    const reason = String(socket.authorizationError ?? error.code ?? "unknown");
    refusals.inc({ reason });
    ground.log.info({ reason, from: socket.remoteAddress }, "An agent's TLS handshake was refused.");
  });
  // Whoever comes with a ticket of before a revocation is judged by the table; new handshakes end here already.
  const renew = async () => server.setSecureContext(await material());
  const stopFollowing = ground.bus.subscribe("keys.revoked", () => {
    if (!revocations) return;
    renew().catch((error: unknown) =>
      ground.log.warn({ err: error }, "The list of revoked certificates could not be renewed."),
    );
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
      stopFollowing();
      io.engine.close();
      await drain(server);
    },
  };
}

const nothingHere = "On this port there is only the agent protocol: Socket.IO at /agents, and /v1/agent/….";
