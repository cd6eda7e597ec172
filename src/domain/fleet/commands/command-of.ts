import type { Command } from "@/contracts/fleet/command";
import type { CommandMessage } from "@/contracts/wire/agent";
import type { commands } from "@/db/schema";

export type CommandRow = typeof commands.$inferSelect;

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

/** The one mapper from a row to the `Command` of the contracts. */
export function commandOf(row: CommandRow, agentName: string): Command {
  return {
    id: row.id,
    batchId: row.batchId,
    agentId: row.agentId,
    agentName,
    kind: row.kind,
    args: row.args,
    reason: row.reason,
    state: row.state,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    deadlineAt: row.deadlineAt.toISOString(),
    sentAt: iso(row.sentAt),
    acknowledgedAt: iso(row.acknowledgedAt),
    runningAt: iso(row.runningAt),
    finishedAt: iso(row.finishedAt),
    progress: row.progress,
    message: row.message,
  };
}

/** The same as the agent gets it. */
export function messageOf(row: CommandRow): CommandMessage {
  return {
    id: row.id,
    kind: row.kind,
    args: row.args,
    reason: row.reason,
    deadlineAt: row.deadlineAt.toISOString(),
  };
}
