import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import { openCommandStates } from "@/contracts/fleet/command-states";
import type { BoardAgent } from "@/contracts/wire/board-codec";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import type { Notice } from "@/contracts/wire/browser";
import { asksForSomebody } from "./asks";
import { CpuTrace } from "./cpu-trace";

/** A snapshot after decoding: objects, not columns. */
export interface BoardStart {
  agents: readonly Pick<BoardAgent, "ix" | "agent">[];
  commands: readonly Command[];
  alerts: readonly BoardAlert[];
  notices: readonly Notice[];
}

/**
 * Ended commands that are kept to be read, and somewhat more: batches are kept whole. The rest is on the Commands page,
 * from the database.
 */
const keptEndedCommands = 500;
/** So many may come before old ones are looked for again: with ten thousand under way, each look costs. */
const commandsBetweenLooks = 500;

/**
 * The board in the browser's memory: what the snapshot said, with every frame since folded over it. Objects are
 * replaced, never changed in place, so that a reader sees by `===` whether anything is new.
 */
export class BoardPicture {
  readonly agents = new Map<string, Agent>();
  readonly idOfIx = new Map<number, string>();
  readonly commands = new Map<string, Command>();
  readonly alerts = new Map<string, BoardAlert>();
  readonly traces = new Map<string, CpuTrace>();
  notices: readonly Notice[] = [];
  /** The one open command of an agent, if there is one. */
  private readonly openOf = new Map<string, string>();
  /** The alerts that fire for an agent, in the order in which they came. */
  private readonly firingOf = new Map<string, readonly string[]>();
  /** How many commands there may be until old ones are looked for. */
  private lookFrom = keptEndedCommands + commandsBetweenLooks;

  load(start: BoardStart, nowMs: number): void {
    this.agents.clear();
    this.idOfIx.clear();
    this.commands.clear();
    this.alerts.clear();
    this.openOf.clear();
    this.firingOf.clear();
    for (const { ix, agent } of start.agents) this.putAgent(agent, ix);
    for (const id of this.traces.keys()) if (!this.agents.has(id)) this.traces.delete(id);
    // Only traces that are there: ten thousand new ones, of one point each, would draw nothing and cost the first paint.
    for (const [id, trace] of this.traces) trace.add(nowMs, this.agents.get(id)?.metrics.cpuPercent ?? null);
    // All first: of a batch that came in part nobody knows whether one of it is still under way.
    for (const command of start.commands) this.setCommand(command);
    this.forgetOldCommands();
    for (const alert of start.alerts) this.putAlert(alert);
    this.notices = start.notices;
  }

  putAgent(agent: Agent, ix?: number): void {
    this.agents.set(agent.id, agent);
    if (ix !== undefined) this.idOfIx.set(ix, agent.id);
  }

  removeAgent(id: string): void {
    this.agents.delete(id);
    this.traces.delete(id);
    this.openOf.delete(id);
    for (const [ix, known] of this.idOfIx) if (known === id) this.idOfIx.delete(ix);
  }

  putCommand(command: Command): void {
    this.setCommand(command);
    if (this.commands.size > this.lookFrom) this.forgetOldCommands();
  }

  private setCommand(command: Command): void {
    this.commands.set(command.id, command);
    if (isOpen(command)) this.openOf.set(command.agentId, command.id);
    else if (this.openOf.get(command.agentId) === command.id) this.openOf.delete(command.agentId);
  }

  putAlert(alert: BoardAlert): void {
    const { id, agentId } = alert;
    const firing = alert.state === "firing";
    if (firing) this.alerts.set(id, alert);
    else this.alerts.delete(id);
    if (agentId === null) return;
    const others = (this.firingOf.get(agentId) ?? []).filter((known) => known !== id);
    const ids = firing ? [...others, id] : others;
    if (ids.length > 0) this.firingOf.set(agentId, ids);
    else this.firingOf.delete(agentId);
  }

  /** The worst alert that fires for an agent: of those that ask for somebody, or else of all; of equals the newest. */
  alertOf(agentId: string): BoardAlert | undefined {
    const alerts = (this.firingOf.get(agentId) ?? []).flatMap((id) => this.alerts.get(id) ?? []);
    return alerts.reduce<BoardAlert | undefined>(
      (worst, alert) => (isWorse(alert, worst) ? alert : worst),
      undefined,
    );
  }

  openCommandOf(agentId: string): Command | undefined {
    const id = this.openOf.get(agentId);
    return id === undefined ? undefined : this.commands.get(id);
  }

  traceOf(agentId: string): CpuTrace {
    const known = this.traces.get(agentId);
    if (known) return known;
    const made = new CpuTrace();
    this.traces.set(agentId, made);
    return made;
  }

  /** Forgets the oldest batches that are over. One with a command under way stays whole, since people follow it. */
  private forgetOldCommands(): void {
    const batches = new Map<string, Command[]>();
    for (const command of this.commands.values()) {
      const known = batches.get(command.batchId);
      if (known) known.push(command);
      else batches.set(command.batchId, [command]);
    }
    const over = [...batches.values()].filter((batch) => !batch.some(isOpen)).sort(byRequest);
    let kept = 0;
    for (const batch of over) {
      if (kept < keptEndedCommands) kept += batch.length;
      else for (const { id } of batch) this.commands.delete(id);
    }
    this.lookFrom = Math.max(keptEndedCommands, this.commands.size) + commandsBetweenLooks;
  }
}

const isOpen = ({ state }: Command): boolean => openCommandStates.includes(state);

/** The newest batch first; all commands of one were requested at the same moment. */
function byRequest([one]: readonly Command[], [other]: readonly Command[]): number {
  return (other?.requestedAt ?? "").localeCompare(one?.requestedAt ?? "");
}

const severities = ["info", "warning", "critical"];

function isWorse(alert: BoardAlert, than: BoardAlert | undefined): boolean {
  if (!than) return true;
  const asks = Number(asksForSomebody(alert)) - Number(asksForSomebody(than));
  return (asks || severities.indexOf(alert.severity) - severities.indexOf(than.severity)) >= 0;
}
