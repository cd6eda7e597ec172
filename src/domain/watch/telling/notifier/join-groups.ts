import { and, eq, isNull } from "drizzle-orm";
import { rawIn, type Tx } from "@/db/client";
import { alertGroups, alerts, groupAlerts } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { groupKey } from "../stages/group";
import { type EffectiveRoute, routesOf } from "../stages/route";
import type { TellableAlert } from "../stages/stage";
import type { Setting } from "./setting";
import { tellableAlertOf, tellableColumns } from "./tellable";

/** An alert in a group of a route. */
export type Joined = { alert: TellableAlert; route: EffectiveRoute; groupId: string };

type Wanted = { alert: TellableAlert; route: EffectiveRoute; key: string };
const placeOf = ({ route, key }: { route: Pick<EffectiveRoute, "id">; key: string }) => `${route.id} ${key}`;

/** Where the alerts belong by the policy. */
function wantedOf(setting: Setting, found: { alert: TellableAlert; ruleId: string }[]): Wanted[] {
  return found.flatMap(({ alert, ruleId }) =>
    routesOf(setting.policy, alert.labels, setting.rules.get(ruleId) ?? null).map((route) => ({
      alert,
      route,
      key: groupKey(route.groupBy, alert.labels),
    })),
  );
}

/** Puts alerts that fire into their groups, making those that are not there. */
export async function joinGroups(
  ctx: Ctx,
  tx: Tx,
  setting: Setting,
  found: { alert: TellableAlert; ruleId: string }[],
  at: Date,
): Promise<Joined[]> {
  const wanted = wantedOf(setting, found);
  if (wanted.length === 0) return [];
  const places = new Map(wanted.map((one) => [placeOf(one), { routeId: one.route.id, key: one.key }]));
  const groups = [...places.values()].map((place) => ({ ...place, id: ctx.ids.id("agr") }));
  const sql = rawIn(tx);
  const given = JSON.stringify(groups);
  const [, open] = await Promise.all([
    sql`
      insert into alert_groups (id, account_id, route_id, key, opened_at, escalated_steps)
      select id, ${ctx.account}, "routeId", key, ${at.toISOString()}::timestamptz, 0
      from jsonb_to_recordset(${given}::text::jsonb) as r(id text, "routeId" text, key text)
      on conflict (account_id, route_id, key) where closed_at is null do nothing`,
    sql<{ id: string; route_id: string; key: string }[]>`
      select g.id, g.route_id, g.key
      from alert_groups g join jsonb_to_recordset(${given}::text::jsonb) as r(id text, "routeId" text, key text)
        on g.account_id = ${ctx.account} and g.route_id = r."routeId" and g.key = r.key
      where g.closed_at is null`,
  ]);
  const idOf = new Map(open.map(({ id, route_id, key }) => [placeOf({ route: { id: route_id }, key }), id]));
  const joined = wanted.map((one) => ({
    alert: one.alert,
    route: one.route,
    groupId: idOf.get(placeOf(one)) ?? "",
  }));
  const rows = joined.map(({ alert, groupId }) => ({ groupId, alertId: alert.id }));
  await sql`
    insert into group_alerts (group_id, alert_id, joined_at)
    select "groupId", "alertId", ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r("groupId" text, "alertId" text)
    on conflict (group_id, alert_id) do update set left_at = null where group_alerts.left_at is not null`;
  return joined;
}

/**
 * Sends alerts that fire where the policy of now wants them, all of the account or those of a rule. A group that told
 * of one it loses keeps it until its end is told; one that told nothing forgets it.
 */
export async function rerouteAlerts(
  ctx: Ctx,
  tx: Tx,
  setting: Setting,
  at: Date,
  ruleId: string | null,
): Promise<Joined[]> {
  const rows = await tx
    .select(tellableColumns)
    .from(alerts)
    .where(
      and(
        eq(alerts.accountId, ctx.account),
        eq(alerts.state, "firing"),
        ruleId === null ? undefined : eq(alerts.ruleId, ruleId),
      ),
    );
  if (rows.length === 0) return [];
  const memberships = await tx
    .select({
      groupId: groupAlerts.groupId,
      alertId: groupAlerts.alertId,
      routeId: alertGroups.routeId,
      key: alertGroups.key,
    })
    .from(groupAlerts)
    .innerJoin(alertGroups, eq(alertGroups.id, groupAlerts.groupId))
    .where(
      and(eq(alertGroups.accountId, ctx.account), isNull(alertGroups.closedAt), isNull(groupAlerts.leftAt)),
    );
  const found = rows.map((row) => ({
    alert: tellableAlertOf(row, setting.rules, false),
    ruleId: row.ruleId,
  }));
  const wanted = new Map<string, Set<string>>();
  for (const one of wantedOf(setting, found)) {
    const places = wanted.get(one.alert.id) ?? new Set();
    wanted.set(one.alert.id, places.add(placeOf(one)));
  }
  const has = new Map<string, Set<string>>();
  const lost: { groupId: string; alertId: string }[] = [];
  for (const { groupId, alertId, routeId, key } of memberships) {
    const places = wanted.get(alertId);
    if (!places) continue;
    const place = placeOf({ route: { id: routeId }, key });
    if (places.has(place)) has.set(alertId, (has.get(alertId) ?? new Set()).add(place));
    else lost.push({ groupId, alertId });
  }
  if (lost.length > 0) await leaveGroups(tx, lost, at);
  const moved = found.filter(
    ({ alert }) => (wanted.get(alert.id)?.size ?? 0) > (has.get(alert.id)?.size ?? 0),
  );
  return joinGroups(ctx, tx, setting, moved, at);
}

async function leaveGroups(tx: Tx, lost: { groupId: string; alertId: string }[], at: Date): Promise<void> {
  const sql = rawIn(tx);
  const given = JSON.stringify(lost);
  await sql`
    update group_alerts m set left_at = ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${given}::text::jsonb) as r("groupId" text, "alertId" text)
    where m.group_id = r."groupId" and m.alert_id = r."alertId"`;
  await sql`
    delete from group_alerts m using jsonb_to_recordset(${given}::text::jsonb) as r("groupId" text, "alertId" text)
    where m.group_id = r."groupId" and m.alert_id = r."alertId" and not exists (
      select from notification_alerts na join notifications n on n.id = na.notification_id
      where na.alert_id = m.alert_id and na."as" = 'firing' and n.group_id = m.group_id)`;
}
