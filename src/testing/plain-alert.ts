import { mainAccount } from "@/domain/kernel";
import type { AlertRow } from "@/domain/watch/alerts/view";

/** An alert that fires since now, but for whom it is about. */
export function plainAlert(now: Date): Omit<AlertRow, "id" | "subjectId" | "subjectName"> {
  return {
    accountId: mainAccount,
    ruleId: "rul_any",
    ruleVersion: 1,
    ruleName: "Offline",
    kind: "offline",
    severity: "warning",
    state: "firing",
    subjectKind: "agent",
    agentId: null,
    group: null,
    host: null,
    tags: [],
    labels: {},
    summary: "It fell silent.",
    value: null,
    status: "offline",
    since: now,
    firedAt: now,
    resolvedAt: null,
    resolution: null,
    lastKnown: null,
    flapping: false,
    runbook: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    acknowledgedNote: null,
    assignedId: null,
    assignedName: null,
    snoozedUntil: null,
    snoozedBy: null,
  };
}
