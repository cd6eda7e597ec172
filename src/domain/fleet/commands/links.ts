import type { CommandedAgent, SendCommand } from "./commanded-agent";

/** One connection of an agent; `unanswered` are commands sent on it, by when (monotonic ms), that it said nothing to. */
export type Link = { agent: CommandedAgent; send: SendCommand; unanswered: Map<string, number> };

/** Connections of this instance. An agent may poll and hold a socket at once: the newest is used. */
export class Links {
  #byAgent = new Map<string, Link[]>();

  add(agent: CommandedAgent, send: SendCommand): void {
    const links = this.#byAgent.get(agent.agentId) ?? [];
    links.push({ agent, send, unanswered: new Map() });
    this.#byAgent.set(agent.agentId, links);
  }

  remove(agentId: string, send?: SendCommand): void {
    const left = send ? (this.#byAgent.get(agentId) ?? []).filter((link) => link.send !== send) : [];
    if (left.length > 0) this.#byAgent.set(agentId, left);
    else this.#byAgent.delete(agentId);
  }

  get(agentId: string): Link | undefined {
    return this.#byAgent.get(agentId)?.at(-1);
  }

  /** The agent said something of the command: it has it. */
  heardOf(agentId: string, commandId: string): void {
    for (const link of this.#byAgent.get(agentId) ?? []) link.unanswered.delete(commandId);
  }
}
