import type { Command, RequestCommands } from "@/contracts/fleet/command";
import { type Ctx, demand, transact, type Unit } from "@/domain/kernel";
import { type CommandRow, commandOf } from "./command-of";
import type { Reach } from "./commanded-agent";
import { answerOnce } from "./idempotency";
import { insertCommands } from "./insert-commands";
import { moveFact } from "./move-command";

const nowhere: Reach = { here: () => false, deliver: () => {} };

/**
 * Asks for one command an agent, all or nothing: `not-found` when one is no agent of the account, `conflict` (with
 * `CommandConflict` as details) when one has an open command already. Each waits for its agent until its deadline;
 * those whose agents are within `reach` are marked as sent in the same transaction and leave right after it.
 */
export async function requestCommands(
  ctx: Ctx,
  wish: RequestCommands,
  idempotencyKey: string | null = null,
  reach: Reach = nowhere,
): Promise<Command[]> {
  demand(ctx, "agents:operate");
  return transact(ctx, (unit) =>
    answerOnce(unit, ctx, idempotencyKey, { commands: wish }, () => request(unit, ctx, wish, reach)),
  );
}

async function request(unit: Unit, ctx: Ctx, wish: RequestCommands, reach: Reach): Promise<Command[]> {
  const made = await insertCommands(unit, ctx, wish, reach.here);
  for (const row of made) {
    const queued: CommandRow = { ...row, state: "queued", sentAt: null };
    unit.record({
      kind: "command.requested",
      target: { kind: "command", id: row.id, name: row.askedName },
      reason: row.reason,
      after: commandOf(queued, row.askedName),
      data: { agentId: row.agentId, kind: row.kind },
    });
    if (row.state === "sent") unit.record(moveFact(queued, "sent", { sentAt: row.sentAt }));
  }
  const [near, far] = [made.filter(isSent), made.filter((row) => !isSent(row))];
  unit.afterCommit(() => {
    for (const row of near) reach.deliver(row);
    if (far.length > 0) ctx.bus.publish("nudge.commands", { agentIds: far.map(({ agentId }) => agentId) });
  });
  return made.map((row) => commandOf(row, row.askedName));
}

const isSent = (row: CommandRow) => row.state === "sent";
