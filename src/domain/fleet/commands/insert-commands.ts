import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { RequestCommands } from "@/contracts/fleet/command";
import { agents } from "@/db/schema";
import { type Ctx, notFound, type Unit } from "@/domain/kernel";
import type { CommandRow } from "./command-of";
import { refuseConflicts } from "./conflicts";

/**
 * Inserts one command an agent, `sent` for those that `isHere`, in one statement that also looks the agents up. All or
 * nothing: throws `not-found` when one is no agent of the account, and `conflict` when one has an open command already.
 */
export async function insertCommands(
  unit: Unit,
  ctx: Ctx,
  wish: RequestCommands,
  isHere: (agentId: string) => boolean,
): Promise<CommandRow[]> {
  // Everybody inserts in the order of agents, so that two overlapping requests wait for each other, not in a ring.
  const agentIds = [...new Set(wish.agentIds)].sort();
  const rows = newRows(ctx, wish, agentIds, isHere);
  const [first] = rows;
  if (!first) return [];
  const asked = rows.map(({ id, agentId, state, sentAt }) => ({ id, agentId, state, sentAt }));
  const made = await unit.tx.execute<{ id: string; name: string }>(sql`
    insert into commands (id, account_id, batch_id, agent_id, asked_name, kind, args, reason, state, requested_by,
      requested_at, deadline_at, sent_at)
    select r.id, a.account_id, ${first.batchId}, a.id, a.name, ${wish.kind}, ${JSON.stringify(first.args)}::jsonb,
      ${wish.reason}, r.state, ${JSON.stringify(ctx.actor)}::jsonb, ${first.requestedAt.toISOString()}::timestamptz,
      ${first.deadlineAt.toISOString()}::timestamptz, r."sentAt"
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as r(id text, "agentId" text, state text, "sentAt" timestamptz)
    join agents a on a.id = r."agentId" and a.account_id = ${ctx.account} and a.removed_at is null
    order by a.id
    on conflict do nothing returning id, asked_name as name`);
  const nameOf = new Map(made.map(({ id, name }) => [id, name]));
  const known = rows.flatMap((row) => {
    const askedName = nameOf.get(row.id);
    return askedName === undefined ? [] : [{ ...row, askedName }];
  });
  if (known.length < rows.length) await refuse(unit, ctx, agentIds, known);
  return known;
}

function newRows(
  ctx: Ctx,
  wish: RequestCommands,
  agentIds: string[],
  isHere: (agentId: string) => boolean,
): CommandRow[] {
  const requestedAt = ctx.clock.now();
  const batchId = ctx.ids.id("bat");
  const blank = { acknowledgedAt: null, runningAt: null, finishedAt: null, runDeadlineAt: null };
  return agentIds.map((agentId) => ({
    ...blank,
    id: ctx.ids.id("cmd"),
    accountId: ctx.account,
    batchId,
    agentId,
    askedName: "",
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

/** Why fewer were made than asked for. */
async function refuse(unit: Unit, ctx: Ctx, agentIds: string[], own: CommandRow[]): Promise<never> {
  const there = await unit.tx
    .select({ id: agents.id })
    .from(agents)
    .where(and(eq(agents.accountId, ctx.account), inArray(agents.id, agentIds), isNull(agents.removedAt)));
  if (there.length < agentIds.length) throw notFound("agent");
  return refuseConflicts(unit, ctx, agentIds, own);
}
