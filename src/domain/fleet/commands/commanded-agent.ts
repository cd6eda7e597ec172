import type { CommandMessage, CommandUpdate, PlainAnswer } from "@/contracts/wire/agent";
import type { CommandRow } from "./command-of";

/** Hands a command to a connected agent and answers what the agent said to it; rejects when no answer came in time. */
export type SendCommand = (message: CommandMessage) => Promise<PlainAnswer>;

/** An agent as commands need to know it. */
export type CommandedAgent = { agentId: string; account: string; name: string };

/** Agents that this instance reaches by itself. */
export interface Reach {
  /** What a connected agent was called when it came; null: it is not connected here. Of any account, so it permits nothing. */
  nameOf(agentId: string): string | null;
  /** Hands a command that is durable as `sent` to its agent; one that left meanwhile gets it when it is back. */
  deliver(row: CommandRow): void;
}

/** Commands as an agent's connection sees them: whichever transport it came by, each is sent at least once. */
export interface AgentCommands extends Reach {
  /** The agent is connected to this instance: what waits for it is sent now, what was `sent` before is sent again. */
  connected(agent: CommandedAgent, send: SendCommand): void;
  /** The connection ended. With `send`, only when that one is still the agent's connection: a newer one stays. */
  disconnected(agentId: string, send?: SendCommand): void;
  /** What the agent says of a command. Answered once it is durable; saying it again is harmless. Never throws. */
  update(agent: CommandedAgent, message: CommandUpdate): Promise<PlainAnswer>;
  /** Long poll: answers as soon as there is a command for the agent, or empty after `waitMs`. */
  waitFor(agent: CommandedAgent, waitMs: number): Promise<CommandMessage[]>;
  stop(): Promise<void>;
}
