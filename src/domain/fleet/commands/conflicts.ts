import { and, eq, inArray } from "drizzle-orm";
import type { Command, CommandConflict } from "@/contracts/fleet/command";
import { openCommandStates } from "@/contracts/fleet/command-states";
import { agents, commands } from "@/db/schema";
import { type Ctx, conflict } from "@/domain/kernel";
import { commandOf } from "./command-of";

/** Refuses, and says who is at which agent with what. */
export async function refuseConflicts(ctx: Ctx, agentIds: string[]): Promise<never> {
  const rows = await ctx.db.orm
    .select({ command: commands, agentName: agents.name })
    .from(commands)
    .innerJoin(agents, eq(agents.id, commands.agentId))
    .where(
      and(
        eq(commands.accountId, ctx.account),
        inArray(commands.agentId, agentIds),
        inArray(commands.state, [...openCommandStates]),
      ),
    );
  const open = rows.map(({ command, agentName }) => commandOf(command, agentName));
  const details: CommandConflict = {
    conflicts: open.map(({ id, agentId, agentName, kind, state, requestedBy, requestedAt }) => ({
      agentId,
      agentName,
      commandId: id,
      kind,
      state,
      requestedBy,
      requestedAt,
    })),
  };
  throw conflict(sentence(open), details);
}

function sentence(open: Command[]): string {
  const [first, ...others] = open;
  if (!first) {
    return "Somebody's command for one of these agents ended just now. Nothing was done for you: look again, and try again.";
  }
  const more = others.length > 0 ? ` ${others.length} more of these agents have open commands too.` : "";
  return `${first.requestedBy.name} already asked for a ${first.kind} of ${first.agentName} (${first.state}, because: ${first.reason}).${more} Nothing was done for you: wait until that ends, or cancel it while it is queued.`;
}
