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
  const asked = rows.map(({ id, agentId, askedName, state, sentAt }) => ({
    id,
    agentId,
    askedName,
    state,
    sentAt,
  }));
  const [first] = rows;
  return sql`
    insert into commands (id, account_id, batch_id, agent_id, asked_name, kind, args, reason, state, requested_by,
      requested_at, deadline_at, sent_at)
    select r.id, a.account_id, ${first?.batchId ?? ""}, a.id, a.name, ${first?.kind ?? ""},
      ${JSON.stringify(first?.args ?? {})}::text::jsonb, ${first?.reason ?? ""}, r.state,
      ${JSON.stringify(first?.requestedBy ?? null)}::text::jsonb, ${time(first?.requestedAt)}::timestamptz,
      ${time(first?.deadlineAt)}::timestamptz, r."sentAt"
    from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as r(id text, "agentId" text, "askedName" text,
      state text, "sentAt" timestamptz)
    left join agents a on a.id = r."agentId" and a.name = r."askedName" and a.account_id = ${first?.accountId ?? ""}
      and a.removed_at is null
    ${condition}
    order by a.id
    returning id`;
}

const time = (moment: Date | undefined) => moment?.toISOString() ?? null;
