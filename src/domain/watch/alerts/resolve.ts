import { eq, getTableColumns, inArray, sql } from "drizzle-orm";
import type { AgentStatus } from "@/contracts/fleet/status";
import { alerts } from "@/db/schema";
import type { Unit } from "@/domain/kernel";
import { type AlertRow, alertTarget } from "./view";

/** An alert that ends, why, and what the agent is then (null: as it was). */
export type Ending = { alertId: string; resolution: string; status: AgentStatus | null; at: Date };

/**
 * Ends firing alerts in one statement. Answers the rows as they are then; one that had ended before is missing. What
 * people did to an alert stays with it.
 */
export async function endAlerts(unit: Pick<Unit, "tx">, endings: readonly Ending[]): Promise<AlertRow[]> {
  if (endings.length === 0) return [];
  return unit.tx
    .update(alerts)
    .set({
      state: "resolved",
      resolvedAt: sql`greatest(r.at, ${alerts.firedAt})`,
      resolution: sql`r.resolution`,
      status: sql`coalesce(r.status, ${alerts.status})`,
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(endings)}::jsonb) as r("alertId" text, resolution text, status text, at timestamptz)`,
    )
    .where(sql`${alerts.id} = r."alertId" and ${eq(alerts.state, "firing")}`)
    .returning(getTableColumns(alerts));
}

/** Says of firing alerts whether they flap. Answers their rows. */
export async function markFlapping(
  unit: Pick<Unit, "tx">,
  ids: readonly string[],
  flapping: boolean,
): Promise<AlertRow[]> {
  if (ids.length === 0) return [];
  return unit.tx
    .update(alerts)
    .set({ flapping })
    .where(inArray(alerts.id, [...ids]))
    .returning();
}

export function recordResolved({ record }: Pick<Unit, "record">, row: AlertRow): void {
  const { id, state, resolution, status, agentId, ruleId } = row;
  record({
    kind: "alert.resolved",
    target: alertTarget(row),
    before: { state: "firing" },
    after: { id, state, resolvedAt: row.resolvedAt?.toISOString() ?? null, resolution, status },
    data: { agentId, ruleId },
  });
}

export function recordFlapping({ record }: Pick<Unit, "record">, row: AlertRow, flapping: boolean): void {
  const { id, agentId, ruleId } = row;
  record({
    kind: "alert.flapping",
    target: alertTarget(row),
    before: { flapping: !flapping },
    after: { id, flapping },
    data: { agentId, ruleId },
  });
}
