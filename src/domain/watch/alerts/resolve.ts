import { sql } from "drizzle-orm";
import type { AgentStatus } from "@/contracts/fleet/status";
import type { Unit } from "@/domain/kernel";
import { type AlertRow, alertTarget } from "./view";

/** An alert that ends, why, and what the agent is now. */
export type Ending = { alert: AlertRow; resolution: string; status: AgentStatus; at: Date };

/** Ends firing alerts, with their facts. Answers the endings that took place; one that had ended before does nothing. */
export async function resolveAlerts(unit: Unit, endings: Ending[]): Promise<Ending[]> {
  if (endings.length === 0) return [];
  const rows = endings.map(({ alert, resolution, status, at }) => ({ id: alert.id, resolution, status, at }));
  const written = await unit.tx.execute<{ id: string }>(sql`
    update alerts set state = 'resolved', resolved_at = r.at, resolution = r.resolution, status = r.status
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, resolution text, status text, at timestamptz)
    where alerts.id = r.id and alerts.state = 'firing'
    returning alerts.id`);
  const ids = new Set(written.map((row) => row.id));
  const ended = endings.filter(({ alert }) => ids.has(alert.id));
  for (const { alert, resolution, status, at } of ended) {
    unit.record({
      kind: "alert.resolved",
      target: alertTarget(alert),
      before: { state: "firing" },
      after: { id: alert.id, state: "resolved", resolvedAt: at.toISOString(), resolution, status },
      data: { agentId: alert.agentId, ruleId: alert.ruleId },
    });
  }
  return ended;
}
