import type { Labels } from "@/contracts/watch/matcher";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { alerts } from "@/db/schema";
import { labelsOf } from "@/domain/watch/alerts/view";
import type { Watched } from "../stages/speaks-for";
import type { Source, TellableAlert } from "../stages/stage";

/** What labels are made of. */
export const sourceColumns = {
  id: alerts.id,
  ruleName: alerts.ruleName,
  kind: alerts.kind,
  severity: alerts.severity,
  subjectKind: alerts.subjectKind,
  subjectId: alerts.subjectId,
  subjectName: alerts.subjectName,
  group: alerts.group,
  host: alerts.host,
  tags: alerts.tags,
  labels: alerts.labels,
  resolvedAt: alerts.resolvedAt,
};
type SourceRow = Pick<typeof alerts.$inferSelect, keyof typeof sourceColumns>;

export const labelsOfRow = ({ subjectKind, subjectId, subjectName, ...rest }: SourceRow): Labels =>
  labelsOf({ ...rest, subject: { kind: subjectKind, id: subjectId, name: subjectName } });

/** `calmSince`: since when it recovers, if it does. */
export const sourceOf = (row: SourceRow, watched: Watched, calmSince: Date | null): Source => ({
  id: row.id,
  labels: labelsOfRow(row),
  title: `${row.subjectName}: ${row.ruleName}`,
  watched,
  endedAtMs: (row.resolvedAt ?? calmSince)?.getTime() ?? null,
  lastBackAtMs: null,
});

/** What the stages look at, and no more: a group may hold ten thousand. */
export const tellableColumns = {
  ...sourceColumns,
  ruleId: alerts.ruleId,
  agentId: alerts.agentId,
  state: alerts.state,
  since: alerts.since,
  acknowledgedAt: alerts.acknowledgedAt,
  snoozedUntil: alerts.snoozedUntil,
  snoozedBy: alerts.snoozedBy,
};
export type TellableRow = Pick<typeof alerts.$inferSelect, keyof typeof tellableColumns>;

/** What a rule says about the telling of its alerts. */
export type TellingRule = {
  quiet: readonly TimeWindow[];
  /** Where its alerts are about many agents. */
  watched: Watched | null;
};

/** `recovering`: whether a state of its rule says so; only what is looked at needs to know, not where it belongs. */
export function tellableAlertOf(
  row: TellableRow,
  rules: ReadonlyMap<string, TellingRule>,
  recovering: boolean,
): TellableAlert {
  const rule = rules.get(row.ruleId);
  return {
    id: row.id,
    labels: labelsOfRow(row),
    agentId: row.agentId,
    watched: rule?.watched ?? null,
    severity: row.severity,
    subjectName: row.subjectName,
    ruleName: row.ruleName,
    firing: row.state === "firing",
    recovering: recovering && row.state === "firing",
    sinceMs: row.since.getTime(),
    resolvedAtMs: row.resolvedAt?.getTime() ?? null,
    acknowledged: row.acknowledgedAt !== null,
    snoozedUntil: row.snoozedUntil,
    snoozedBy: row.snoozedBy,
    quiet: rule?.quiet ?? [],
  };
}
