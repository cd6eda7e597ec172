import { and, desc, eq, gt, isNotNull, lte } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { alerts } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { mostAheadMs } from "../../most-ahead";
import { matches } from "../matches";
import { comeBackMs, comeBackUntilMs, mostComeBackMs, stragglerMs } from "../stages/come-back";
import { isReturn, valuesKey } from "../stages/inhibit";
import { isOfMany } from "../stages/speaks-for";
import type { ActiveInhibition, Source } from "../stages/stage";
import { labelsOfRow, sourceColumns } from "./tellable";

type Reader = Tx | Ctx["db"]["orm"];
type Back = Awaited<ReturnType<typeof backJustNow>>[number];

/** So many kinds of alerts are looked through, by all that says what speaks for one; thousands may end in a moment. */
const mostLookedAt = 500;
/** Alerts that are alike in these are spoken for by the same, but for rules about single agents. */
const alike = [
  alerts.kind,
  alerts.severity,
  alerts.ruleId,
  alerts.host,
  alerts.group,
  alerts.tags,
  alerts.labels,
];

/**
 * Tells sources about many agents that ended when the last of their agents was back, and leaves out those for whose
 * agents nobody waits any more. Asks the database only in the two minutes after such an end, less its first seconds.
 */
export async function withReturns(
  ctx: Ctx,
  db: Reader,
  active: readonly ActiveInhibition[],
): Promise<ActiveInhibition[]> {
  const nowMs = ctx.clock.nowMs();
  const awaits = ({ labels, endedAtMs }: Source) => {
    if (endedAtMs === null || !isOfMany(labels)) return false;
    return nowMs >= endedAtMs + comeBackMs - stragglerMs && nowMs < endedAtMs + mostComeBackMs;
  };
  const asked = active.some(({ sources }) => sources.some(awaits));
  const back = asked ? await backJustNow(ctx, db, nowMs) : [];
  return active.map(({ inhibition, sources }) => {
    const fitting = new Map<string, Back[]>();
    for (const one of back) {
      if (!matches(inhibition.target, one.labels)) continue;
      const key = valuesKey(one.labels, inhibition.equal);
      const sameValues = fitting.get(key);
      if (sameValues) sameValues.push(one);
      else fitting.set(key, [one]);
    }
    const lastBack = (source: Source): Back | undefined =>
      fitting
        .get(valuesKey(source.labels, inhibition.equal))
        ?.find((one) => isReturn(one, { inhibition }, source));
    return {
      inhibition,
      sources: sources
        .map((source) =>
          awaits(source) ? { ...source, lastBackAtMs: lastBack(source)?.endedAtMs ?? null } : source,
        )
        .filter((source) => (comeBackUntilMs(source) ?? Number.POSITIVE_INFINITY) > nowMs),
    };
  });
}

/** Alerts of agents that ended so lately that others may be about to: of those that are alike the last, newest first. */
async function backJustNow(ctx: Ctx, db: Reader, nowMs: number) {
  const rows = await db
    .selectDistinctOn(alike, { ...sourceColumns, agentId: alerts.agentId, since: alerts.since })
    .from(alerts)
    .where(
      and(
        eq(alerts.accountId, ctx.account),
        isNotNull(alerts.agentId),
        gt(alerts.resolvedAt, new Date(nowMs - stragglerMs)),
        // What ended ahead of our clock, before it was set back, is not back just now.
        lte(alerts.resolvedAt, new Date(nowMs + mostAheadMs)),
      ),
    )
    .orderBy(...alike, desc(alerts.resolvedAt))
    .limit(mostLookedAt);
  const back = rows.map((row) => ({
    id: row.id,
    labels: labelsOfRow(row),
    agentId: row.agentId,
    watched: null,
    sinceMs: row.since.getTime(),
    endedAtMs: row.resolvedAt?.getTime() ?? 0,
  }));
  return back.sort((one, other) => other.endedAtMs - one.endedAtMs);
}
