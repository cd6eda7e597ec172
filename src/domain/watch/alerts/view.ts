import type { Alert } from "@/contracts/watch/alert";
import type { Labels } from "@/contracts/watch/matcher";
import { type AlertRow, alertOf } from "@/domain/fleet/board/alert-of";

export { type AlertRow, alertOf };

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
