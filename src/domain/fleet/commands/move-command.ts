import { eq } from "drizzle-orm";
import type { FactKind, NewFact } from "@/contracts/facts";
import type { Command, CommandState } from "@/contracts/fleet/command";
import { commandMoves } from "@/contracts/fleet/command";
import { commands } from "@/db/schema";
import type { Unit } from "@/domain/kernel";
import type { CommandRow } from "./command-of";

/** Whether the table lets a command go from one state to another. */
export function mayMove(from: CommandState, to: CommandState): boolean {
  return commandMoves[from].includes(to);
}

/** States that a command can be moved to, with the fact that says so. */
export const factOfState = {
  sent: "command.sent",
  acknowledged: "command.acknowledged",
  running: "command.started",
  succeeded: "command.succeeded",
  failed: "command.failed",
  expired: "command.expired",
  cancelled: "command.cancelled",
} as const satisfies Partial<Record<CommandState, FactKind>>;
export type MovedState = keyof typeof factOfState;

/** Columns that may change with a state. */
export type CommandChange = Partial<
  Pick<
    CommandRow,
    "sentAt" | "acknowledgedAt" | "runningAt" | "finishedAt" | "runDeadlineAt" | "progress" | "message"
  >
>;

/** The patch of `Command` that a change makes; what only the server needs stays out of it. */
export function patchOf(state: MovedState, change: CommandChange): Partial<Command> {
  const patch: Record<string, unknown> = { state };
  for (const [name, value] of Object.entries(change)) {
    if (name === "runDeadlineAt" || value === undefined) continue;
    patch[name] = value instanceof Date ? value.toISOString() : value;
  }
  return patch;
}

/** What the log says of a command that moved: the agent rides along, so that its timeline finds the fact. */
export function moveFact(row: CommandRow, to: MovedState, change: CommandChange): NewFact {
  return {
    kind: factOfState[to],
    target: { kind: "command", id: row.id, name: row.askedName },
    before: { state: row.state },
    after: patchOf(to, change),
    data: { agentId: row.agentId, kind: row.kind },
  };
}

/** Moves a row that this transaction has locked. Throws on a move that the table forbids: that is a defect. */
export function moveCommand(unit: Unit, row: CommandRow, to: MovedState, change: CommandChange): CommandRow {
  if (!mayMove(row.state, to)) throw new Error(`A command can't go from ${row.state} to ${to}.`);
  unit.send(
    unit.tx
      .update(commands)
      .set({ state: to, ...change })
      .where(eq(commands.id, row.id)),
  );
  unit.record(moveFact(row, to, change));
  return { ...row, ...change, state: to };
}
