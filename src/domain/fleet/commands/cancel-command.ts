import { and, eq } from "drizzle-orm";
import type { Command } from "@/contracts/fleet/command";
import { agents, commands } from "@/db/schema";
import { type Ctx, conflict, demand, notFound, transact } from "@/domain/kernel";
import { commandOf } from "./command-of";
import { mayMove, moveCommand } from "./move-command";

/** Takes back a command that no agent has got yet; `conflict` afterwards, since it may be on its way or done. */
export async function cancelCommand(ctx: Ctx, id: string): Promise<Command> {
  demand(ctx, "agents:operate");
  return transact(ctx, async (unit) => {
    const [found] = await unit.tx
      .select({ command: commands, agentName: agents.name })
      .from(commands)
      .innerJoin(agents, eq(agents.id, commands.agentId))
      .where(and(eq(commands.accountId, ctx.account), eq(commands.id, id)))
      .for("update", { of: commands });
    if (!found) throw notFound("command");
    const { command, agentName } = found;
    if (command.state === "cancelled") return commandOf(command, agentName);
    if (!mayMove(command.state, "cancelled")) {
      throw conflict(
        `This command is ${command.state} already, so it can't be cancelled: only one that waits for its agent can.`,
      );
    }
    const change = { finishedAt: ctx.clock.now(), message: `Cancelled by ${ctx.actor.name}.` };
    return commandOf(moveCommand(unit, command, "cancelled", change), agentName);
  });
}
