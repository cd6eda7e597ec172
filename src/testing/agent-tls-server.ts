import { createServer } from "node:http";
import { Server } from "socket.io";
import { createAgent } from "@/domain/fleet/agents";
import { issueCertificate, listenerCredentials, showAuthority } from "@/domain/fleet/certificates";
import { type AgentGateway, type AgentTlsPort, mountAgentGateway, openAgentTlsPort } from "@/gateway/agents";
import { type ApiServer, startApiServer } from "./api-server";
import { FakeAgent, type FakeAgentOptions } from "./fake-agent";
import { personCtx } from "./ground";

export type AgentTlsServer = ApiServer & {
  gateway: AgentGateway;
  tlsPort: number;
  tlsUrl: string;
  /** Certificate of our own authority, PEM. */
  ca: string;
  /** A new agent and a certificate of it. */
  certified(
    name: string,
  ): Promise<{ id: string; key: string; issued: Awaited<ReturnType<typeof issueCertificate>> }>;
  agent(options: Partial<FakeAgentOptions>): FakeAgent;
};

/** The API and the listener for agents with client certificates, with an outside authority's when one is given. */
export async function startAgentTlsServer({
  agentCa,
  agentCaCrl = "",
}: {
  agentCa?: string;
  agentCaCrl?: string;
} = {}): Promise<AgentTlsServer> {
  const outside = { MC_AGENT_TLS_PORT: "0", MC_AGENT_CA_CRL: agentCaCrl };
  const api = await startApiServer(agentCa ? { settings: { MC_AGENT_CA: agentCa, ...outside } } : {});
  const { ground, runtime, http } = api;
  const plain = createServer();
  const gateway = mountAgentGateway({
    io: new Server(plain),
    ground,
    door: runtime.door,
    commands: runtime.commands,
  });
  const port: AgentTlsPort = await openAgentTlsPort({
    ground,
    port: 0,
    host: "127.0.0.1",
    credentials: await listenerCredentials(ground, runtime.env),
    gateway,
    answerApi: (request, response) => http.emit("request", request, response),
  });
  const { certificate: ca } = await showAuthority(ground);
  const tlsUrl = `https://127.0.0.1:${port.port}`;
  const agents: FakeAgent[] = [];
  return {
    ...api,
    gateway,
    tlsPort: port.port,
    tlsUrl,
    ca,
    async certified(name) {
      const { id, key } = await createAgent(personCtx(ground), { name });
      return { id, key, issued: await issueCertificate(personCtx(ground), id, {}) };
    },
    agent(options) {
      const agent = new FakeAgent({ url: tlsUrl, key: "", ...options });
      agents.push(agent);
      return agent;
    },
    async stop() {
      for (const agent of agents) agent.socket.disconnect();
      await gateway.stop();
      await port.stop();
      await api.stop();
    },
  };
}
