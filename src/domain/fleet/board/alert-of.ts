import type { BoardAlert } from "@/contracts/wire/board-fold";
import type { alerts } from "@/db/schema";

export type AlertRow = typeof alerts.$inferSelect;

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

/** The one mapper from a row to the `Alert` of the contracts. It lives here since the board carries alerts whole. */
export function alertOf(row: AlertRow): BoardAlert {
  return {
    id: row.id,
    ruleId: row.ruleId,
    ruleVersion: row.ruleVersion,
    ruleName: row.ruleName,
    kind: row.kind,
    severity: row.severity,
    state: row.state,
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    agentId: row.agentId,
    group: row.group,
    host: row.host,
    tags: row.tags,
    labels: row.labels,
    summary: row.summary,
    value: row.value,
    since: row.since.toISOString(),
    firedAt: row.firedAt.toISOString(),
    resolvedAt: iso(row.resolvedAt),
    resolution: row.resolution,
    lastKnown: row.lastKnown,
    status: row.status,
    flapping: row.flapping,
    runbook: row.runbook,
    acknowledgedBy: row.acknowledgedBy,
    acknowledgedAt: iso(row.acknowledgedAt),
    acknowledgedNote: row.acknowledgedNote,
    assignedTo:
      row.assignedId === null ? null : { id: row.assignedId, name: row.assignedName ?? row.assignedId },
    snoozedUntil: iso(row.snoozedUntil),
    snoozedBy: row.snoozedBy,
  };
}
