import { and, eq } from "drizzle-orm";
import { agents, alerts, groups } from "@/db/schema";
import type { Ctx, Unit } from "@/domain/kernel";
import { queueResolved } from "../notifications/queue";
import { resolveAlerts } from "./resolve";

/** Resolves firing alerts of a rule whose agent fits `which`, for the given reason, and queues the messages. */
export async function resolveAlertsOfRule(
  ctx: Ctx,
  unit: Unit,
  ruleId: string,
  which: (agent: { group: string | null; tags: string[] }) => boolean,
  resolution: string,
): Promise<void> {
  const firing = await unit.tx
    .select({ alert: alerts, group: groups.name, tags: agents.tags })
    .from(alerts)
    .leftJoin(agents, eq(agents.id, alerts.agentId))
    .leftJoin(groups, eq(groups.id, agents.groupId))
    .where(and(eq(alerts.accountId, ctx.account), eq(alerts.ruleId, ruleId), eq(alerts.state, "firing")));
  const at = ctx.clock.now();
  const endings = firing
    .filter(({ group, tags }) => which({ group, tags: tags ?? [] }))
    .map(({ alert }) => ({ alert, resolution, status: alert.status, at }));
  const ended = await resolveAlerts(unit, endings);
  await queueResolved(
    ctx,
    unit,
    ended.map(({ alert }) => alert.id),
  );
}
