import { rawIn, type Tx } from "@/db/client";
import type { Ctx, Unit } from "@/domain/kernel";
import { newsDueMs } from "../stages/group";
import { areSources } from "./active-inhibitions";
import { lockNotifyCursor } from "./cursor";
import type { Setting } from "./setting";

type Row = {
  id: string;
  route_id: string;
  opened_ms: number;
  flush_ms: number | null;
  news_ms: number | null;
  firing: boolean;
};

/**
 * Plans when groups that something came to are looked at: not at every alert, since a look costs what the group
 * holds. Answers by group the moment (epoch ms) at which the news may be told.
 */
export async function planNews(
  tx: Tx,
  setting: Setting,
  groupIds: readonly string[],
  at: Date,
): Promise<Map<string, number>> {
  const dueMs = new Map<string, number>();
  if (groupIds.length === 0) return dueMs;
  const rows = await rawIn(tx)<Row[]>`
    select g.id, g.route_id, (extract(epoch from g.opened_at) * 1000)::float8 as opened_ms,
      (extract(epoch from g.flush_at) * 1000)::float8 as flush_ms,
      (select (extract(epoch from max(n.created_at)) * 1000)::float8 from notifications n
        where n.group_id = g.id and n.event in ('firing', 'resolved')) as news_ms,
      exists (select from group_alerts m join alerts a on a.id = m.alert_id
        where m.group_id = g.id and m.left_at is null and a.state = 'firing') as firing
    from alert_groups g where g.closed_at is null and g.id = any(${groupIds as string[]}::text[])`;
  const changed: { id: string; flushAt: Date }[] = [];
  for (const row of rows) {
    const times = setting.routes.get(row.route_id) ?? { waitMs: 0, intervalMs: 0 };
    const told = { openedAtMs: row.opened_ms, lastNewsAtMs: row.news_ms };
    const due = newsDueMs(times, told, { arrivedMs: at.getTime(), allClear: !row.firing });
    const flushMs = Math.max(due, at.getTime());
    dueMs.set(row.id, flushMs);
    if (row.flush_ms === null || flushMs < row.flush_ms) {
      changed.push({ id: row.id, flushAt: new Date(flushMs) });
    }
  }
  if (changed.length > 0) {
    await rawIn(tx)`
      update alert_groups g set flush_at = r."flushAt"
      from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb) as r(id text, "flushAt" timestamptz)
      where g.id = r.id`;
  }
  return dueMs;
}

/** Has every open group of the account looked at now: what holds alerts has changed. */
export async function lookAtAllNow(ctx: Ctx, tx: Tx, at: Date): Promise<void> {
  await rawIn(tx)`
    update alert_groups set flush_at = ${at.toISOString()}::timestamptz
    where account_id = ${ctx.account} and closed_at is null
      and (flush_at is null or flush_at > ${at.toISOString()}::timestamptz)`;
}

/** Has the groups of these alerts looked at now. */
export async function lookAtGroupsOf(tx: Tx, alertIds: readonly string[], at: Date): Promise<void> {
  await rawIn(tx)`
    update alert_groups g set flush_at = ${at.toISOString()}::timestamptz
    where g.closed_at is null and (g.flush_at is null or g.flush_at > ${at.toISOString()}::timestamptz)
      and g.id in (select group_id from group_alerts where alert_id = any(${alertIds as string[]}::text[]))`;
}

/**
 * Has the groups of alerts that came back looked at: while they recovered nobody was told. In the transaction that says
 * so, behind the notifier's own: one that reads them as recovering ends first, and then looks again.
 */
export async function lookAtRelapsed(unit: Unit, ctx: Ctx, alertIds: readonly string[]): Promise<void> {
  if (alertIds.length === 0) return;
  await lockNotifyCursor(unit.tx);
  await lookAtGroupsOf(unit.tx, alertIds, ctx.clock.now());
  unit.afterCommit(() => ctx.bus.publish("nudge.telling", null));
}

/** Has everything looked at when alerts begin to recover that mute others: what recovers mutes no more. */
export async function lookAtCalmed(unit: Unit, ctx: Ctx, alertIds: readonly string[]): Promise<void> {
  if (!(await areSources(ctx, unit.tx, alertIds))) return;
  await lockNotifyCursor(unit.tx);
  await lookAtAllNow(ctx, unit.tx, ctx.clock.now());
  unit.afterCommit(() => ctx.bus.publish("nudge.telling", null));
}

/** Has the groups looked at now that wait for one of these messages to arrive, to tell that an alert in it is over. */
export async function lookAtWaitingFor(tx: Tx, notificationIds: readonly string[], at: Date): Promise<void> {
  await rawIn(tx)`
    update alert_groups g set flush_at = ${at.toISOString()}::timestamptz
    where g.closed_at is null and (g.flush_at is null or g.flush_at > ${at.toISOString()}::timestamptz)
      and g.id in (
        select n.group_id from notifications n
        join notification_alerts na on na.notification_id = n.id and na."as" = 'firing'
        join group_alerts m on m.group_id = n.group_id and m.alert_id = na.alert_id
        join alerts a on a.id = na.alert_id and a.state = 'resolved'
        where n.id = any(${notificationIds as string[]}::text[]))`;
}
