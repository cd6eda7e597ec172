import type { Namespace, Socket } from "socket.io";
import type { AgentToServer, ServerToAgent } from "@/contracts/wire/agent";
import type { AdmittedAgent } from "@/domain/fleet/presence/admitted-agent";

type NoEvents = Record<string, never>;
export type AgentSocketData = { agent: AdmittedAgent };
export type AgentSocket = Socket<AgentToServer, ServerToAgent, NoEvents, AgentSocketData>;
export type AgentNamespace = Namespace<AgentToServer, ServerToAgent, NoEvents, AgentSocketData>;

/** Which socket is which agent's, on this instance. The newest wins: the older one is told why and closed. */
export class AgentConnections {
  private readonly byAgent = new Map<string, AgentSocket>();

  get size(): number {
    return this.byAgent.size;
  }

  get(agentId: string): AgentSocket | undefined {
    return this.byAgent.get(agentId);
  }

  add(socket: AgentSocket): void {
    const { agentId, session } = socket.data.agent;
    const older = this.byAgent.get(agentId);
    this.byAgent.set(agentId, socket);
    if (!older) return;
    const same = older.data.agent.session.sessionId === session.sessionId;
    // The same program on a new connection: its old one died without a word, nobody is there to be told.
    dismiss(
      older,
      "replaced",
      same
        ? "The same session opened a newer connection."
        : "Another program connected with this agent's key. Give each program an agent of its own.",
    );
  }

  /** Answers whether it was still the agent's connection. */
  remove(socket: AgentSocket): boolean {
    const { agentId } = socket.data.agent;
    if (this.byAgent.get(agentId) !== socket) return false;
    return this.byAgent.delete(agentId);
  }

  all(): IterableIterator<AgentSocket> {
    return this.byAgent.values();
  }
}

/** Ends a connection that must not come back by itself: the client library does not reconnect after this. */
export function dismiss(
  socket: AgentSocket,
  code: "replaced" | "revoked-key" | "removed",
  message: string,
): void {
  socket.emit("goodbye", { code, message });
  socket.disconnect(true);
}
