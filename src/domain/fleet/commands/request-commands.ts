import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Command, RequestCommands } from "@/contracts/fleet/command";
import { agents, commands } from "@/db/schema";
import { type Ctx, demand, notFound, transact, type Unit } from "@/domain/kernel";
import { type CommandRow, commandOf } from "./command-of";
import type { Reach } from "./commanded-agent";
import { refuseConflicts } from "./conflicts";
import { answerOnce } from "./idempotency";
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
    answerOnce(unit, ctx, idempotencyKey, { commands: wish }, () => insertCommands(unit, ctx, wish, reach)),
  );
}

async function insertCommands(unit: Unit, ctx: Ctx, wish: RequestCommands, reach: Reach): Promise<Command[]> {
  // Everybody inserts in the order of agents, so that two overlapping requests wait for each other, not in a ring.
  const agentIds = [...new Set(wish.agentIds)].sort();
  const found = await unit.tx
    .select({ id: agents.id, name: agents.name })
    .from(agents)
    .where(and(eq(agents.accountId, ctx.account), inArray(agents.id, agentIds), isNull(agents.removedAt)))
    .orderBy(asc(agents.id));
  const nameOf = new Map(found.map((agent) => [agent.id, agent.name]));
  if (nameOf.size < agentIds.length) throw notFound("agent");
  const requestedAt = ctx.clock.now();
  const batchId = ctx.ids.id("bat");
  const rows = agentIds.map((agentId) => ({
    id: ctx.ids.id("cmd"),
    accountId: ctx.account,
    batchId,
    agentId,
    askedName: nameOf.get(agentId) ?? "",
    kind: wish.kind,
    args: wish.args ?? {},
    reason: wish.reason,
    ...(reach.here(agentId) ? { state: "sent" as const, sentAt: requestedAt } : { state: "queued" as const }),
    requestedBy: ctx.actor,
    requestedAt,
    deadlineAt: new Date(requestedAt.getTime() + wish.waitMs),
  }));
  const made = await unit.tx.insert(commands).values(rows).onConflictDoNothing().returning();
  if (made.length < rows.length) await refuseConflicts(unit, ctx, agentIds, made);
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
