import type { PendingQuery, Row, Sql } from "postgres";
import type { CommandRow } from "./command-of";

/**
 * The part of a statement that inserts commands of one request, all or none: it fails when an agent has an open command
 * already, and when one is not there under the name that the row has of it, since nothing must be told of somebody else.
 */
export function insertCommands(
  sql: Sql,
  rows: readonly CommandRow[],
  condition: PendingQuery<Row[]>,
): PendingQuery<Row[]> {
  return sql`
    insert into commands (id, account_id, batch_id, agent_id, asked_name, kind, args, reason, state, requested_by,
      requested_at, deadline_at, sent_at)
    select r.id, a.account_id, r."batchId", a.id, a.name, r.kind, r.args, r.reason, r.state, r."requestedBy",
      r."requestedAt", r."deadlineAt", r."sentAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(id text, "accountId" text, "batchId" text,
      "agentId" text, "askedName" text, kind text, args jsonb, reason text, state text, "requestedBy" jsonb,
      "requestedAt" timestamptz, "deadlineAt" timestamptz, "sentAt" timestamptz)
    left join agents a on a.id = r."agentId" and a.name = r."askedName" and a.account_id = r."accountId"
      and a.removed_at is null
    ${condition}
    order by a.id
    returning id`;
}
