import { and, eq, gt, inArray } from "drizzle-orm";
import { commands } from "@/db/schema";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import type { CommandRow } from "./command-of";
import { recordMove } from "./move-command";

/**
 * Takes what is queued for these agents, marking it `sent` before it leaves: a crash in between costs a resend,
 * never a command that was sent and not known. `SKIP LOCKED`: what another instance is taking is left to it.
 */
export async function claimFor(ground: Ground, account: string, agentIds: string[]): Promise<CommandRow[]> {
  if (agentIds.length === 0) return [];
  return transact(systemCtx(ground, account), async (unit) => {
    const now = ground.clock.now();
    const queued = await unit.tx
      .select()
      .from(commands)
      .where(
        and(
          eq(commands.accountId, account),
          inArray(commands.agentId, agentIds),
          eq(commands.state, "queued"),
          gt(commands.deadlineAt, now),
        ),
      )
      .for("update", { skipLocked: true });
    if (queued.length === 0) return [];
    const change = { sentAt: now };
    await unit.tx
      .update(commands)
      .set({ state: "sent", ...change })
      .where(
        inArray(
          commands.id,
          queued.map((row) => row.id),
        ),
      );
    for (const row of queued) recordMove(unit, row, "sent", change);
    return queued.map((row) => ({ ...row, ...change, state: "sent" as const }));
  });
}

export type WaitingCommand = Pick<CommandRow, "id" | "agentId" | "accountId" | "state">;

/** Commands of every account that are to reach their agents still: a short list, read through its own small index. */
export async function waitingCommands(ground: Ground): Promise<WaitingCommand[]> {
  const { id, agentId, accountId, state } = commands;
  return ground.db.orm
    .select({ id, agentId, accountId, state })
    .from(commands)
    .where(and(inArray(state, ["queued", "sent"]), gt(commands.deadlineAt, ground.clock.now())));
}

/** Those of the commands that are still `sent`, whole: to be sent again. */
export async function stillSent(ground: Ground, ids: string[]): Promise<CommandRow[]> {
  if (ids.length === 0) return [];
  return ground.db.orm
    .select()
    .from(commands)
    .where(and(inArray(commands.id, ids), eq(commands.state, "sent")));
}
