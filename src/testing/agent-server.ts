import { createServer } from "node:http";
import { Server } from "socket.io";
import { maxAgentMessageBytes } from "@/contracts/wire/agent";
import type { AgentCommands } from "@/domain/fleet/commands/agent-commands";
import { AgentDoor, type DoorOptions } from "@/domain/fleet/presence/door";
import { type AgentGateway, mountAgentGateway } from "@/gateway/agents";
import { startStamper } from "@/workers/kernel/stamp";
import { FakeAgent, type FakeAgentOptions } from "./fake-agent";
import { type TestGround, testGround } from "./ground";

export type AgentServer = {
  ground: TestGround;
  door: AgentDoor;
  gateway: AgentGateway;
  url: string;
  /** A fake agent of this server; closed with it. */
  agent(options: Omit<FakeAgentOptions, "url">): FakeAgent;
  stop(): Promise<void>;
};

/** For servers under test that command nobody. */
const noCommands: AgentCommands = {
  nameOf: () => null,
  deliver: () => {},
  connected: () => {},
  disconnected: () => {},
  update: async () => ({ ok: false, error: { code: "not-found", message: "There is no such command." } }),
  waitFor: async () => [],
  stop: async () => {},
};

/** The agents' gateway over a real socket, a real database and a running stamper, on a free port of the loopback. */
export async function startAgentServer(
  options: { ground?: TestGround; commands?: (ground: TestGround) => AgentCommands; door?: DoorOptions } = {},
): Promise<AgentServer> {
  const ground = options.ground ?? (await testGround());
  const http = createServer();
  const io = new Server(http, {
    transports: ["websocket"],
    maxHttpBufferSize: maxAgentMessageBytes,
    serveClient: false,
  });
  const door = new AgentDoor(ground, options.door);
  const gateway = mountAgentGateway({ io, ground, door, commands: options.commands?.(ground) ?? noCommands });
  const stamper = startStamper(ground);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  if (!address || typeof address === "string") throw new Error("the test server has no port");
  const url = `http://127.0.0.1:${address.port}`;
  const agents: FakeAgent[] = [];
  return {
    ground,
    door,
    gateway,
    url,
    agent(agentOptions) {
      const agent = new FakeAgent({ url, ...agentOptions });
      agents.push(agent);
      return agent;
    },
    async stop() {
      for (const agent of agents) agent.socket.disconnect();
      await gateway.stop();
      await io.close();
      await door.stop();
      await stamper.stop();
      await ground.bus.close();
      if (!options.ground) await ground.db.close();
    },
  };
}
