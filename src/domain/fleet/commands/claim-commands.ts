import { and, eq, gt, inArray } from "drizzle-orm";
import { commands } from "@/db/schema";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import type { CommandRow } from "./command-of";
import { moveFact } from "./move-command";

/**
 * Takes what is queued for these agents and hands it to `deliver`, before the mark `sent` is durable: an agent asks
 * before it begins, and waits until the mark is. Should the mark fail, the command is still `queued`: it is sent
 * again, or the agent that has it says so first. `SKIP LOCKED`: what another instance is taking is left to it.
 */
export async function claimFor(
  ground: Ground,
  account: string,
  agentIds: string[],
  deliver: (row: CommandRow) => void,
): Promise<void> {
  if (agentIds.length === 0) return;
  await transact(systemCtx(ground, account), async (unit) => {
    unit.relax();
    const change = { sentAt: ground.clock.now() };
    const queued = unit.tx
      .select({ id: commands.id })
      .from(commands)
      .where(
        and(
          eq(commands.accountId, account),
          inArray(commands.agentId, agentIds),
          eq(commands.state, "queued"),
          gt(commands.deadlineAt, change.sentAt),
        ),
      )
      .for("update", { skipLocked: true });
    const sent = await unit.tx
      .update(commands)
      .set({ state: "sent", ...change })
      .where(inArray(commands.id, queued))
      .returning();
    for (const row of sent) {
      unit.record(moveFact({ ...row, state: "queued" }, "sent", change));
      deliver(row);
    }
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
