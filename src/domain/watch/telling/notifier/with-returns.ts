import { and, desc, eq, gt, isNotNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { alerts } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { comeBackMs, mostComeBackMs, stragglerMs } from "../stages/come-back";
import { isReturn } from "../stages/inhibit";
import { isOfMany } from "../stages/speaks-for";
import type { ActiveInhibition, Source } from "../stages/stage";
import { labelsOfRow, sourceColumns } from "./tellable";

/** Of thousands that ended in a moment the newest are looked through: one that fits is enough. */
const mostLookedAt = 500;

/**
 * Tells sources about many agents that ended when the last of their agents was back. Asks the database only while that
 * decides: in the two minutes after such an end, less its first seconds.
 */
export async function withReturns(
  ctx: Ctx,
  db: Tx | Ctx["db"]["orm"],
  active: readonly ActiveInhibition[],
): Promise<ActiveInhibition[]> {
  const nowMs = ctx.clock.nowMs();
  const awaitsStragglers = ({ labels, endedAtMs }: Source) => {
    if (endedAtMs === null || !isOfMany(labels)) return false;
    return nowMs >= endedAtMs + comeBackMs - stragglerMs && nowMs < endedAtMs + mostComeBackMs;
  };
  if (!active.some(({ sources }) => sources.some(awaitsStragglers))) return [...active];
  const rows = await db
    .select({ ...sourceColumns, agentId: alerts.agentId, since: alerts.since })
    .from(alerts)
    .where(
      and(
        eq(alerts.accountId, ctx.account),
        isNotNull(alerts.agentId),
        gt(alerts.resolvedAt, new Date(nowMs - stragglerMs)),
      ),
    )
    .orderBy(desc(alerts.resolvedAt))
    .limit(mostLookedAt);
  const back = rows.map((row) => ({
    id: row.id,
    labels: labelsOfRow(row),
    agentId: row.agentId,
    watched: null,
    sinceMs: row.since.getTime(),
    atMs: row.resolvedAt?.getTime() ?? null,
  }));
  return active.map(({ inhibition, sources }) => ({
    inhibition,
    sources: sources.map((source) => {
      if (!awaitsStragglers(source)) return source;
      const last = back.find((one) => isReturn(one, { inhibition }, source));
      return { ...source, returnedAtMs: last?.atMs ?? null };
    }),
  }));
}
