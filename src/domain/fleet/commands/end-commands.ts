import { and, eq, inArray, lte, or, type SQL } from "drizzle-orm";
import type { CommandState } from "@/contracts/fleet/command";
import { openCommandStates } from "@/contracts/fleet/command-states";
import { commands } from "@/db/schema";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import { type MovedState, moveFact } from "./move-command";

/** Most commands in one transaction. A full batch means: ask again. */
const endBatchSize = 500;

/** Ends what no agent acknowledged by its deadline, as not done. Answers how many. */
export function expireCommands(ground: Ground, account: string): Promise<number> {
  const late = lte(commands.deadlineAt, ground.clock.now());
  return endLate(ground, account, late, ["awaiting-approval", "queued", "sent"], "expired", expiredBecause);
}

/** Ends what an agent acknowledged and then said nothing more of until its run deadline: nobody knows if it was done. */
export function giveUpOnLost(ground: Ground, account: string): Promise<number> {
  const late = lte(commands.runDeadlineAt, ground.clock.now());
  return endLate(ground, account, late, ["acknowledged", "running"], "failed", () => lostMessage);
}

/** Both, for every account, until nothing is late or `signal` aborts. */
export async function endLateCommands(ground: Ground, signal: AbortSignal): Promise<void> {
  const now = ground.clock.now();
  const late = await ground.db.orm
    .selectDistinct({ account: commands.accountId })
    .from(commands)
    .where(
      and(
        inArray(commands.state, [...openCommandStates]),
        or(lte(commands.deadlineAt, now), lte(commands.runDeadlineAt, now)),
      ),
    );
  for (const { account } of late) {
    for (const end of [expireCommands, giveUpOnLost]) {
      while (!signal.aborted && (await end(ground, account)) === endBatchSize);
    }
  }
}

/** What people read of a command whose agent vanished with it. */
export const lostMessage =
  "The agent took the command and was not heard of it again. Whether it was done is unknown: look at the agent before you repeat it.";

/** What people read of a command that came too late, by how far it had come. */
export function expiredBecause(state: CommandState): string {
  if (state === "queued") return "The agent was away until the deadline. Nothing was done.";
  if (state === "sent") return "The agent did not acknowledge it by the deadline. It was not done.";
  return "Nobody approved it by the deadline. Nothing was done.";
}

async function endLate(
  ground: Ground,
  account: string,
  late: SQL,
  states: CommandState[],
  to: MovedState,
  messageOf: (state: CommandState) => string,
): Promise<number> {
  return transact(systemCtx(ground, account), async (unit) => {
    const rows = await unit.tx
      .select()
      .from(commands)
      .where(and(eq(commands.accountId, account), inArray(commands.state, states), late))
      .limit(endBatchSize)
      .for("update", { skipLocked: true });
    const finishedAt = ground.clock.now();
    for (const state of states) {
      const ids = rows.filter((row) => row.state === state).map((row) => row.id);
      const change = { finishedAt, message: messageOf(state) };
      if (ids.length === 0) continue;
      await unit.tx
        .update(commands)
        .set({ state: to, ...change })
        .where(inArray(commands.id, ids));
      for (const row of rows) if (row.state === state) unit.record(moveFact(row, to, change));
    }
    return rows.length;
  });
}
