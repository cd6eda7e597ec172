import { and, eq } from "drizzle-orm";
import type { CommandState } from "@/contracts/fleet/command";
import { openCommandStates } from "@/contracts/fleet/command-states";
import type { CommandUpdate, PlainAnswer, WireError } from "@/contracts/wire/agent";
import { commands } from "@/db/schema";
import { changeStatus } from "@/domain/fleet/agents";
import { type Ctx, transact } from "@/domain/kernel";
import type { CommandRow } from "./command-of";
import { expiredBecause } from "./end-commands";
import { type CommandChange, mayMove, moveCommand } from "./move-command";
import { graceMsOf, statusEventOf } from "./status-effect";

/** How long a command that was acknowledged may say nothing, beyond its grace time, until it counts as lost. */
const silentRunMs = 2 * 60_000;

const refused = (code: WireError["code"], message: string): PlainAnswer => ({
  ok: false,
  error: { code, message },
});

/**
 * An agent says how far a command is. `ctx.actor` is the agent. Saying again what is known already is answered ok
 * and changes nothing; `expired` means that the agent must not do it; `conflict` that the move does not exist.
 */
export async function reportCommand(ctx: Ctx, report: CommandUpdate): Promise<PlainAnswer> {
  return transact(ctx, async (unit) => {
    const [found] = await unit.tx
      .select()
      .from(commands)
      .where(
        and(
          eq(commands.id, report.id),
          eq(commands.agentId, ctx.actor.id),
          eq(commands.accountId, ctx.account),
        ),
      )
      .for("update");
    if (!found) return refused("not-found", "There is no such command for this agent. Do not do it.");
    const now = ctx.clock.now();
    if ((found.state === "queued" || found.state === "sent") && found.deadlineAt <= now) {
      const change = { finishedAt: now, message: expiredBecause(found.state) };
      moveCommand(unit, found, "expired", change);
      return refused("expired", "The deadline of this command has passed. Do not do it.");
    }
    // The agent has it, so it was sent, although the mark that says so was lost with a transaction.
    const implied = found.state === "queued" && report.state === "acknowledged";
    const row = implied ? moveCommand(unit, found, "sent", { sentAt: now }) : found;
    if (row.state === "expired" || row.state === "cancelled") {
      return refused("expired", `This command is ${row.state}. Do not do it.`);
    }
    const change = changeOf(row, report, now);
    if (mayMove(row.state, report.state)) {
      moveCommand(unit, row, report.state, change);
      const event = statusEventOf(row, report.state, now);
      if (event) await changeStatus(unit, ctx, row.agentId, event);
      return { ok: true };
    }
    if (!isRepeat(row.state, report.state)) {
      return refused("conflict", `This command is ${row.state} and can't become ${report.state}.`);
    }
    if (row.state === report.state && openCommandStates.includes(row.state)) {
      const { progress = row.progress, message = row.message, runDeadlineAt } = change;
      await unit.tx.update(commands).set({ progress, message, runDeadlineAt }).where(eq(commands.id, row.id));
      const { id, state, accountId: account } = row;
      if (progress !== row.progress || message !== row.message) {
        unit.afterCommit(() =>
          ctx.bus.publish("command.progress", { account, id, state, progress, message }),
        );
      }
    }
    return { ok: true };
  });
}

/** What a report changes of a command that it moves or repeats. */
export function changeOf(row: CommandRow, report: CommandUpdate, now: Date): CommandChange {
  const said: CommandChange = {
    ...(report.progress == null ? {} : { progress: report.progress }),
    ...(report.message == null ? {} : { message: report.message }),
  };
  const runDeadlineAt = new Date(now.getTime() + graceMsOf(row) + silentRunMs);
  switch (report.state) {
    case "acknowledged":
      return { ...said, acknowledgedAt: now, runDeadlineAt };
    case "running":
      return { ...said, runningAt: now, runDeadlineAt };
    case "succeeded":
    case "failed":
      return { ...said, finishedAt: now };
  }
}

const order: readonly CommandState[] = ["acknowledged", "running", "succeeded"];

/** A late or second word about something that the command is past already, in line with how it went. */
export function isRepeat(now: CommandState, said: CommandState): boolean {
  if (now === said) return true;
  if (now === "failed") return said === "acknowledged" || said === "running";
  return order.includes(now) && order.includes(said) && order.indexOf(said) < order.indexOf(now);
}
