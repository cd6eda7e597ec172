import type { Alert } from "@/contracts/watch/alert";
import type { alerts } from "@/db/schema";

export type AlertRow = typeof alerts.$inferSelect;

/** A stored alert in the words of its contract. */
export function alertOf(row: AlertRow): Alert {
  return {
    id: row.id,
    ruleId: row.ruleId,
    ruleName: row.ruleName,
    kind: row.kind,
    severity: row.severity,
    state: row.state,
    agentId: row.agentId,
    agentName: row.agentName,
    group: row.group,
    host: row.host,
    since: row.since.toISOString(),
    firedAt: row.firedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolution: row.resolution,
    lastKnown: row.lastKnown,
    status: row.status,
    acknowledgedBy: row.acknowledgedBy,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
  };
}

/** What an alert's facts are about, in the audit log's words. */
export function alertTarget(row: Pick<AlertRow, "id" | "ruleName" | "agentName">) {
  return { kind: "alert" as const, id: row.id, name: `${row.agentName}: ${row.ruleName}` };
}
