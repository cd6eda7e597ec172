import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Inhibition } from "@/contracts/watch/policy";
import type { Tx } from "@/db/client";
import { alertStates, alerts, rules } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { matches } from "../matches";
import { policyInForce } from "../policy/find-policy";
import { mostComeBackMs } from "../stages/come-back";
import { kindsOfMany, type Watched } from "../stages/speaks-for";
import type { ActiveInhibition } from "../stages/stage";
import { labelsOfRow, sourceColumns, sourceOf } from "./tellable";
import { withReturns } from "./with-returns";

/** Equalities that the database can look for; everything else is held against the rows that it answers. */
const columns = {
  kind: alerts.kind,
  severity: alerts.severity,
  rule: alerts.ruleName,
  host: alerts.host,
  group: alerts.group,
} as const;

type Reader = Tx | Ctx["db"]["orm"];

/** What mutes now, or did just now. */
export async function activeInhibitions(
  ctx: Ctx,
  db: Reader,
  inhibitions: readonly Inhibition[],
): Promise<ActiveInhibition[]> {
  const enabled = inhibitions.filter((inhibition) => inhibition.enabled);
  if (enabled.length === 0) return [];
  const justEnded = new Date(ctx.clock.nowMs() - mostComeBackMs);
  const rows = await db
    .select({
      ...sourceColumns,
      watched: sql<Watched>`jsonb_build_object('scope', ${rules.draft}->'scope',
      'except', ${rules.draft}->'except')`,
      calmSince: alertStates.since,
    })
    .from(alerts)
    .innerJoin(rules, eq(rules.id, alerts.ruleId))
    .leftJoin(alertStates, recovers)
    .where(
      and(
        eq(alerts.accountId, ctx.account),
        // Those that are about many have no agent: an index of their own finds the few that ended just now.
        or(
          eq(alerts.state, "firing"),
          and(
            isNull(alerts.agentId),
            inArray(alerts.kind, [...kindsOfMany]),
            gt(alerts.resolvedAt, justEnded),
          ),
        ),
        mayBeSource(enabled),
      ),
    )
    .orderBy(asc(alerts.firedAt), asc(alerts.id));
  const found = rows.map(({ watched, calmSince, ...row }) => sourceOf(row, watched, calmSince));
  const active = enabled.map((inhibition) => ({
    inhibition,
    sources: found.filter(({ labels }) => matches(inhibition.source, labels)),
  }));
  return withReturns(ctx, db, active);
}

/** Whether any of these alerts mutes others, or may: it decides when others are looked at. */
export async function areSources(ctx: Ctx, db: Tx, alertIds: readonly string[]): Promise<boolean> {
  if (alertIds.length === 0) return false;
  const { policy } = await policyInForce(ctx, db);
  const enabled = policy.inhibitions.filter((inhibition) => inhibition.enabled);
  if (enabled.length === 0) return false;
  const rows = await db
    .select(sourceColumns)
    .from(alerts)
    .where(and(inArray(alerts.id, alertIds as string[]), mayBeSource(enabled)));
  return rows.some((row) => enabled.some(({ source }) => matches(source, labelsOfRow(row))));
}

/** An alert's state is its rule's about its subject: one row at most, found by its key. */
const recovers = and(
  eq(alertStates.ruleId, alerts.ruleId),
  eq(alertStates.subjectKey, sql`${alerts.subjectKind} || ':' || ${alerts.subjectId}`),
  eq(alertStates.alertId, alerts.id),
  eq(alertStates.state, "recovering"),
);

const mayBeSource = (inhibitions: readonly Inhibition[]): SQL | undefined =>
  or(...inhibitions.map(({ source }) => and(sql`true`, ...source.map(narrowing))));

function narrowing({ label, op, value }: Inhibition["source"][number]) {
  const column = label in columns ? columns[label as keyof typeof columns] : undefined;
  return column && op === "=" && value !== "" ? sql`${column} = ${value}` : undefined;
}
