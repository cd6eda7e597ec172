import { BlockList } from "node:net";
import type { Server } from "socket.io";
import { agentNamespace, type CommandMessage, type PlainAnswer } from "@/contracts/wire/agent";
import type { AgentCommands } from "@/domain/fleet/commands/agent-commands";
import { sentConfig } from "@/domain/fleet/config/sent-config";
import type { AgentDoor } from "@/domain/fleet/presence/door";
import type { Ground } from "@/domain/kernel";
import { gauge } from "@/platform/metrics";
import { AgentConnections, type AgentNamespace, type AgentSocket } from "./connections";
import { forgetMessages } from "./forget-messages";
import { handshake } from "./handshake";
import { lighten } from "./lighten";
import { listen } from "./listen";
import { messageHandlers } from "./messages";
import { followRevocations } from "./revocations";

/** An agent says at once that it got a command; doing it takes as long as it takes. */
const receiptWithinMs = 5_000;

export type AgentGateway = {
  connections: AgentConnections;
  /** Opens the namespace on another server too, with the same connections. */
  open(io: Server): void;
  /** Closes every connection in a way that makes agents come back by themselves. */
  stop(): Promise<void>;
};

/** Opens the namespace where agents connect. `io` must hold `maxHttpBufferSize` at `maxAgentMessageBytes`. */
export function mountAgentGateway(options: {
  io: Server;
  ground: Ground;
  door: AgentDoor;
  commands: AgentCommands;
  /** Proxies whose word about an agent's address counts. */
  trustedProxies?: BlockList;
}): AgentGateway {
  const { ground, door, commands, trustedProxies = new BlockList() } = options;
  const connections = new AgentConnections();
  const handlers = messageHandlers(door, commands);
  const connected = gauge("mc_agent_connections", "Agents connected to this instance over Socket.IO.");

  const open = (io: Server) => {
    const namespace: AgentNamespace = io.of(agentNamespace);
    namespace.use(handshake(door, trustedProxies));
    namespace.on("connection", (socket) => {
      const { agent } = socket.data;
      const send = sender(socket);
      connections.add(socket);
      connected.set(connections.size);
      lighten(socket);
      forgetMessages(socket);
      listen(socket, handlers, ground);
      socket.on("disconnect", () => {
        if (connections.remove(socket)) door.disconnected(agent);
        connected.set(connections.size);
        commands.disconnected(agent.agentId, send);
      });
      socket.emit("welcome", {
        agentId: agent.agentId,
        name: agent.name,
        nextBeatMs: door.interval(),
        logsThrough: agent.logsThrough,
        config: sentConfig,
        serverTime: ground.clock.now().getTime(),
      });
      // Its program is gone: a command waits for the next session.
      if (!agent.endedAt) commands.connected(agent, send);
    });
  };
  open(options.io);

  const stopRevocations = followRevocations({ ...ground, door }, connections);
  return {
    connections,
    open,
    async stop() {
      stopRevocations();
      for (const socket of [...connections.all()]) socket.conn.close();
    },
  };
}

/** Rejects when the agent does not say in time that it got the command: it is then sent again. */
function sender(socket: AgentSocket): (message: CommandMessage) => Promise<PlainAnswer> {
  return (message) => socket.timeout(receiptWithinMs).emitWithAck("command", message);
}
