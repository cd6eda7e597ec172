import type { CommandedAgent, SendCommand } from "./commanded-agent";

/** A command that went out on a connection, by when (monotonic ms), and whether the agent said that it has it. */
export type Sent = { atMs: number; received: boolean };

/** One connection of an agent, with what was sent on it and is not past yet, by id. */
export type Link = { agent: CommandedAgent; send: SendCommand; sent: Map<string, Sent> };

/** Connections of this instance. An agent may poll and hold a socket at once: the newest is used. */
export class Links {
  readonly #byAgent = new Map<string, Link[]>();
  /** Those on which something is under way: few, however many are connected. */
  readonly #busy = new Set<Link>();

  add(agent: CommandedAgent, send: SendCommand): void {
    const links = this.#byAgent.get(agent.agentId) ?? [];
    links.push({ agent, send, sent: new Map() });
    this.#byAgent.set(agent.agentId, links);
  }

  remove(agentId: string, send?: SendCommand): void {
    const links = this.#byAgent.get(agentId) ?? [];
    const left = send ? links.filter((link) => link.send !== send) : [];
    for (const link of links) if (!left.includes(link)) this.#busy.delete(link);
    if (left.length > 0) this.#byAgent.set(agentId, left);
    else this.#byAgent.delete(agentId);
  }

  get(agentId: string): Link | undefined {
    return this.#byAgent.get(agentId)?.at(-1);
  }

  /** Notes that a command goes out on a connection now. */
  note(link: Link, commandId: string, sent: Sent): void {
    link.sent.set(commandId, sent);
    this.#busy.add(link);
  }

  /** Forgets what is past: whatever is not among `waiting` needs no second sending. */
  keep(waiting: ReadonlySet<string>): void {
    for (const link of this.#busy) {
      for (const id of link.sent.keys()) if (!waiting.has(id)) link.sent.delete(id);
      if (link.sent.size === 0) this.#busy.delete(link);
    }
  }

  /** The agent said something of the command: it has it. */
  heardOf(agentId: string, commandId: string): void {
    for (const link of this.#byAgent.get(agentId) ?? []) link.sent.delete(commandId);
  }
}
