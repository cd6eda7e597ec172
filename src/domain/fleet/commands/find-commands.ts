import { and, desc, eq, inArray, lt, or, type SQL } from "drizzle-orm";
import type { Command, CommandState } from "@/contracts/fleet/command";
import type { Page } from "@/contracts/kernel/page";
import { agents, commands } from "@/db/schema";
import { type Ctx, demand, notFound, pageOfRows, readCursor } from "@/domain/kernel";
import { commandOf } from "./command-of";

export type CommandQuery = {
  limit: number;
  cursor?: string;
  /** Only commands in one of these states. */
  states?: CommandState[];
  agentId?: string;
};

const selectCommands = (ctx: Ctx) =>
  ctx.db.orm
    .select({ command: commands, agentName: agents.name })
    .from(commands)
    .innerJoin(agents, eq(agents.id, commands.agentId))
    .$dynamic();

/** Commands of the account, newest first, a keyset page at a time. */
export async function findCommands(ctx: Ctx, query: CommandQuery): Promise<Page<Command>> {
  demand(ctx, "board:read");
  const wanted: (SQL | undefined)[] = [eq(commands.accountId, ctx.account)];
  if (query.states?.length) wanted.push(inArray(commands.state, query.states));
  if (query.agentId) wanted.push(eq(commands.agentId, query.agentId));
  const before = readCursor(query.cursor, placeOf);
  if (before) {
    const { at, id } = before;
    wanted.push(or(lt(commands.requestedAt, at), and(eq(commands.requestedAt, at), lt(commands.id, id))));
  }
  const rows = await selectCommands(ctx)
    .where(and(...wanted))
    .orderBy(desc(commands.requestedAt), desc(commands.id))
    .limit(query.limit + 1);
  return pageOfRows(rows, query.limit, (row) => commandOf(row.command, row.agentName), cursorOf);
}

/** One command of the account; `not-found` also when it is another account's. */
export async function findCommand(ctx: Ctx, id: string): Promise<Command> {
  demand(ctx, "board:read");
  const [row] = await selectCommands(ctx).where(
    and(eq(commands.accountId, ctx.account), eq(commands.id, id)),
  );
  if (!row) throw notFound("command");
  return commandOf(row.command, row.agentName);
}

const cursorOf = (command: Command) => `${Date.parse(command.requestedAt)}.${command.id}`;

function placeOf(cursor: string): { at: Date; id: string } | null {
  const [, ms = "", id] = /^(\d{1,15})\.(cmd_[\w-]{1,64})$/.exec(cursor) ?? [];
  return id ? { at: new Date(Number(ms)), id } : null;
}
