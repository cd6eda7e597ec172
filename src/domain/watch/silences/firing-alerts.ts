import { and, desc, eq, sql } from "drizzle-orm";
import type { Labels } from "@/contracts/watch/matcher";
import type { Db, Tx } from "@/db/client";
import { alerts } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { labelsOf } from "@/domain/watch/alerts/view";

/** A firing alert as matchers see it. */
export type LabelledAlert = {
  id: string;
  ruleId: string;
  agentId: string | null;
  sinceMs: number;
  labels: Labels;
};

/**
 * Every firing alert of the account, the most severe and newest first, as pages draw them: one query, whatever they are
 * held against afterwards. Only what labels are made of is read: in an outage there are thousands.
 */
export async function firingAlerts(ctx: Ctx, from: Db["orm"] | Tx = ctx.db.orm): Promise<LabelledAlert[]> {
  const rows = await from
    .select({
      id: alerts.id,
      ruleId: alerts.ruleId,
      agentId: alerts.agentId,
      subjectKind: alerts.subjectKind,
      subjectId: alerts.subjectId,
      subjectName: alerts.subjectName,
      group: alerts.group,
      host: alerts.host,
      tags: alerts.tags,
      labels: alerts.labels,
      ruleName: alerts.ruleName,
      kind: alerts.kind,
      severity: alerts.severity,
      since: alerts.since,
    })
    .from(alerts)
    .where(and(eq(alerts.accountId, ctx.account), eq(alerts.state, "firing")))
    .orderBy(
      sql`case ${alerts.severity} when 'critical' then 0 when 'warning' then 1 else 2 end`,
      desc(alerts.firedAt),
      alerts.id,
    );
  return rows.map(({ id, ruleId, agentId, since, subjectKind, subjectId, subjectName, ...row }) => ({
    id,
    ruleId,
    agentId,
    sinceMs: since.getTime(),
    labels: labelsOf({ ...row, subject: { kind: subjectKind, id: subjectId, name: subjectName } }),
  }));
}
