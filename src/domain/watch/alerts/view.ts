import type { Alert } from "@/contracts/watch/alert";
import type { Labels } from "@/contracts/watch/matcher";
import type { alerts } from "@/db/schema";

export type AlertRow = typeof alerts.$inferSelect;

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

/** A stored alert in the words of its contract. */
export function alertOf(row: AlertRow): Alert {
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

type Labelled = Pick<
  Alert,
  "labels" | "subject" | "group" | "tags" | "host" | "ruleName" | "kind" | "severity"
>;

/** What matchers, groups and inhibitions look at. A rule's own labels never hide those that every alert has. */
export function labelsOf(alert: Labelled): Labels {
  return {
    ...alert.labels,
    agent: alert.subject.kind === "agent" ? alert.subject.name : "",
    group: alert.group ?? "",
    tag: alert.tags,
    host: alert.host ?? "",
    rule: alert.ruleName,
    kind: alert.kind,
    severity: alert.severity,
    subject: alert.subject.name,
  };
}

/** What an alert's facts are about, in the audit log's words. */
export function alertTarget(row: Pick<AlertRow, "id" | "ruleName" | "subjectName">) {
  return { kind: "alert" as const, id: row.id, name: `${row.subjectName}: ${row.ruleName}` };
}
