import { sql } from "drizzle-orm";
import type { Unit } from "@/domain/kernel";
import { type AlertRow, alertOf, alertTarget } from "./view";

/**
 * Writes new alerts and their facts. One statement for any number of rows; the unique index keeps a second firing
 * alert of one rule for one agent out. Answers the rows that were really written.
 */
export async function fireAlerts(unit: Unit, rows: AlertRow[]): Promise<AlertRow[]> {
  if (rows.length === 0) return [];
  const written = await unit.tx.execute<{ id: string }>(sql`
    insert into alerts (id, account_id, rule_id, rule_name, kind, severity, state, agent_id, agent_name, group_name,
      host, status, since, fired_at, last_known)
    select id, "accountId", "ruleId", "ruleName", kind, severity, 'firing', "agentId", "agentName", "group", host,
      'offline', since, "firedAt", "lastKnown"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, "accountId" text, "ruleId" text,
      "ruleName" text, kind text, severity text, "agentId" text, "agentName" text, "group" text, host text,
      since timestamptz, "firedAt" timestamptz, "lastKnown" text)
    on conflict (rule_id, agent_id) where state = 'firing' do nothing
    returning id`);
  const ids = new Set(written.map((row) => row.id));
  const fired = rows.filter((row) => ids.has(row.id));
  for (const row of fired) {
    const after = alertOf({ ...row, state: "firing", status: "offline", resolvedAt: null, resolution: null });
    unit.record({
      kind: "alert.fired",
      target: alertTarget(row),
      after,
      data: { agentId: row.agentId, ruleId: row.ruleId },
    });
  }
  return fired;
}
