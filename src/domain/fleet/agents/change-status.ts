import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Agent } from "@/contracts/fleet/agent";
import type { AgentStatus } from "@/contracts/fleet/status";
import { agentPresence, agents } from "@/db/schema";
import { type Ctx, transact, type Unit } from "@/domain/kernel";
import { type AgentRows, agentOf, leastSilentAfterMs } from "./agent-of";
import { decideStatus } from "./decide-status";
import { selectAgents } from "./select-agents";
import type { Decision } from "./status-decision";
import type { StatusEvent } from "./status-event";

/** `stillSo` is asked when the row is locked, which may have taken its time; after false nothing happens to the agent. */
export type StatusChange = { agentId: string; event: StatusEvent; stillSo?: () => boolean };
/** Agents whose status was judged anew, with what they are now. An agent to whom nothing happened is missing. */
export type StatusChanges = Map<string, AgentStatus>;

/** Most agents in one transaction: some 30 ms of work, so that locks are short. */
export const statusBatchSize = 500;

/** The verb in a transaction of its own. Most `statusBatchSize` changes, each agent at most once. */
export function changeStatuses(
  ctx: Ctx,
  changes: StatusChange[],
  silentAfterMs?: number,
): Promise<StatusChanges> {
  return transact(ctx, (unit) => changeStatusesIn(unit, ctx, changes, silentAfterMs));
}

/** The same for one agent, inside the caller's unit: answers whether anything changed. */
export async function changeStatus(
  unit: Unit,
  ctx: Ctx,
  agentId: string,
  event: StatusEvent,
): Promise<boolean> {
  return (await changeStatusesIn(unit, ctx, [{ agentId, event }])).has(agentId);
}

/**
 * The only writer of statuses: locks the rows in one order, judges each again under its lock, writes rows and
 * facts. Agents that are gone, or already so, are left as they are and get no fact.
 */
export async function changeStatusesIn(
  unit: Unit,
  ctx: Ctx,
  changes: StatusChange[],
  silentAfterMs: number = leastSilentAfterMs,
): Promise<StatusChanges> {
  const changeOf = new Map(changes.map((change) => [change.agentId, change]));
  const rows = await selectAgents(unit.tx)
    .where(
      and(
        eq(agents.accountId, ctx.account),
        inArray(agents.id, [...changeOf.keys()]),
        isNull(agents.removedAt),
      ),
    )
    .orderBy(asc(agentPresence.agentId))
    .for("update", { of: agentPresence });
  const changed: StatusChanges = new Map();
  const writes: AgentRows["presence"][] = [];
  const now = ctx.clock.now();
  for (const row of rows) {
    const change = changeOf.get(row.agent.id);
    if (!change || change.stillSo?.() === false) continue;
    const decision = decideStatus(row.presence, change.event, now);
    if (!decision) continue;
    const after = { ...row, presence: { ...row.presence, ...decision.set } };
    writes.push(after.presence);
    changed.set(row.agent.id, after.presence.status);
    recordFacts(unit, row, decision, agentOf(after, silentAfterMs));
  }
  if (writes.length > 0) await writeStatuses(unit, writes);
  return changed;
}

function recordFacts(unit: Unit, row: AgentRows, decision: Decision, agent: Agent): void {
  for (const { kind, fields, data } of decision.facts) {
    unit.record({
      kind,
      target: { kind: "agent", id: agent.id, name: agent.name },
      before: { status: row.presence.status },
      after: Object.fromEntries(fields.map((field) => [field, agent[field]])),
      data: { ...data, group: agent.group },
    });
  }
}

/** One statement for the whole batch. Beat columns stay out of it: they belong to the presence flush. */
async function writeStatuses(unit: Unit, rows: AgentRows["presence"][]): Promise<void> {
  await unit.tx.execute(sql`
    update agent_presence p set
      status = x.status, status_since = x."statusSince", decided_by = x."decidedBy",
      status_deadline_at = x."statusDeadlineAt", activity = x.activity, session_id = x."sessionId",
      host = x.host, pid = x.pid, version = x.version, command_line = x."commandLine",
      key_prefix = x."keyPrefix", connected_at = x."connectedAt"
    from jsonb_to_recordset((${JSON.stringify(rows)}::text)::jsonb) as x("agentId" text, status text,
      "statusSince" timestamptz, "decidedBy" text, "statusDeadlineAt" timestamptz, activity text,
      "sessionId" text, host text, pid bigint, version text, "commandLine" text, "keyPrefix" text,
      "connectedAt" timestamptz)
    where p.agent_id = x."agentId"`);
}
