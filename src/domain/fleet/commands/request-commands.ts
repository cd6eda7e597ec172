import type { NewFact } from "@/contracts/facts";
import type { Command, RequestCommands } from "@/contracts/fleet/command";
import {
  type Ctx,
  changeAtOnce,
  demand,
  isDuplicate,
  notFound,
  type Once,
  onceOf,
  pgErrorOf,
} from "@/domain/kernel";
import { type CommandRow, commandOf } from "./command-of";
import type { Reach } from "./commanded-agent";
import { refuseConflicts } from "./conflicts";
import { answerOf, takeKey } from "./idempotency";
import { insertCommands } from "./insert-commands";
import { moveFact } from "./move-command";
import { namesOf } from "./names-of";

const nowhere: Reach = { nameOf: () => null, deliver: () => {} };
/** How often a request is tried whose agents got other names, or left, while it was on its way. */
const mostTries = 5;

/**
 * Asks for one command an agent, all or nothing: `not-found` when one is no agent of the account, `conflict` (with
 * `CommandConflict` as details) when one has an open command already. Each waits for its agent until its deadline;
 * those whose agents are within `reach` are marked as sent in the same statement and leave right after it. A repeat with the
 * same `idempotencyKey` gets the first answer and does nothing.
 */
export async function requestCommands(
  ctx: Ctx,
  wish: RequestCommands,
  idempotencyKey: string | null = null,
  reach: Reach = nowhere,
): Promise<Command[]> {
  demand(ctx, "agents:operate");
  // Everybody inserts in the order of agents, so that two overlapping requests wait for each other, not in a ring.
  const agentIds = [...new Set(wish.agentIds)].sort();
  const once = onceOf(ctx, idempotencyKey, "commands", wish);
  for (let tries = 1; ; tries++) {
    // The names of connected agents are known here, though perhaps not that one got another since: then they are looked up.
    const names = await namesOf(ctx, agentIds, tries === 1 ? reach.nameOf : nowhere.nameOf);
    if (!names) return answerAgain(ctx, once);
    const rows = newRows(ctx, wish, names, (agentId) => reach.nameOf(agentId) !== null);
    const answer = rows.map((row) => commandOf(row, row.askedName));
    try {
      if (!(await insert(ctx, rows, once, answer))) return answerAgain(ctx, once);
    } catch (error) {
      if (isDuplicate(error, "commands_one_open_an_agent")) return refuseConflicts(ctx, agentIds);
      if (pgErrorOf(error)?.code !== notNull || tries === mostTries) throw error;
      continue;
    }
    send(ctx, rows, reach);
    return answer;
  }
}

/** The first answer to a repeat, whose agents may be gone since; to anything else that there are no such agents. */
async function answerAgain(ctx: Ctx, once: Once | null): Promise<Command[]> {
  const known = once && (await answerOf<Command[]>(ctx, once));
  if (!known) throw notFound("agent");
  return known;
}

/** What the database says of an agent that is not there, or is called otherwise by now. */
const notNull = "23502";

/** All of them and what the log says of them, or nothing; false when the key was used before. */
function insert(ctx: Ctx, rows: CommandRow[], once: Once | null, answer: Command[]): Promise<boolean> {
  return changeAtOnce(
    ctx,
    (sql) => insertCommands(sql, rows, once ? sql`where exists (select from taken)` : sql``),
    rows.flatMap(factsOf),
    once ? (sql) => takeKey(sql, ctx, once, answer) : undefined,
  );
}

function factsOf(row: CommandRow): NewFact[] {
  const queued: CommandRow = { ...row, state: "queued", sentAt: null };
  const requested: NewFact = {
    kind: "command.requested",
    target: { kind: "command", id: row.id, name: row.askedName },
    reason: row.reason,
    after: commandOf(queued, row.askedName),
    data: { agentId: row.agentId, kind: row.kind },
  };
  return isSent(row) ? [requested, moveFact(queued, "sent", { sentAt: row.sentAt })] : [requested];
}

const isSent = (row: CommandRow) => row.state === "sent";

function send(ctx: Ctx, rows: CommandRow[], reach: Reach): void {
  for (const row of rows.filter(isSent)) reach.deliver(row);
  const far = rows.filter((row) => !isSent(row)).map(({ agentId }) => agentId);
  if (far.length > 0) ctx.bus.publish("nudge.commands", { agentIds: far });
}

/** `isHere`: the command leaves at once. */
function newRows(
  ctx: Ctx,
  wish: RequestCommands,
  names: Map<string, string>,
  isHere: (agentId: string) => boolean,
): CommandRow[] {
  const requestedAt = ctx.clock.now();
  const batchId = ctx.ids.id("bat");
  const blank = { acknowledgedAt: null, runningAt: null, finishedAt: null, runDeadlineAt: null };
  return [...names].map(([agentId, askedName]) => ({
    ...blank,
    id: ctx.ids.id("cmd"),
    accountId: ctx.account,
    batchId,
    agentId,
    askedName,
    kind: wish.kind,
    args: wish.args ?? {},
    reason: wish.reason,
    ...(isHere(agentId)
      ? { state: "sent" as const, sentAt: requestedAt }
      : { state: "queued" as const, sentAt: null }),
    requestedBy: ctx.actor,
    requestedAt,
    deadlineAt: new Date(requestedAt.getTime() + wish.waitMs),
    progress: null,
    message: null,
  }));
}
