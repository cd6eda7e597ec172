import { sql } from "drizzle-orm";
import type { Ctx, Unit } from "@/domain/kernel";

/** A message that an alert has for a channel. */
export type Recipient = { alertId: string; channelId: string };

/** Puts "firing" messages into the outbox, in the transaction that fires. */
export async function queueFiring(ctx: Ctx, unit: Unit, recipients: Recipient[]): Promise<void> {
  if (recipients.length === 0) return;
  const now = ctx.clock.now();
  const rows = recipients.map((recipient) => ({ ...recipient, id: ctx.ids.id("ntf") }));
  await unit.tx.execute(sql`
    insert into notifications (id, account_id, alert_id, channel_id, event, state, attempts, next_attempt_at, created_at)
    select id, ${ctx.account}, "alertId", "channelId", 'firing', 'pending', 0, ${now.toISOString()}::timestamptz,
      ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, "alertId" text, "channelId" text)
    on conflict (alert_id, channel_id, event) do nothing`);
  unit.afterCommit(() => ctx.bus.publish("nudge.notifications", null));
}

/**
 * Puts "resolved" messages into the outbox for exactly the channels that got, or still will get, the "firing" of
 * the alert: a rule that changed meanwhile, or a message that was given up, must not make a resolve out of nothing.
 */
export async function queueResolved(ctx: Ctx, unit: Unit, alertIds: string[]): Promise<void> {
  if (alertIds.length === 0) return;
  const told = await unit.tx.execute<{ alertId: string; channelId: string }>(sql`
    select alert_id as "alertId", channel_id as "channelId" from notifications
    where event = 'firing' and state <> 'dead'
      and alert_id in (select jsonb_array_elements_text(${JSON.stringify(alertIds)}::jsonb))
    order by created_at, id`);
  if (told.length === 0) return;
  const now = ctx.clock.now().toISOString();
  const rows = told.map((recipient) => ({ ...recipient, id: ctx.ids.id("ntf") }));
  await unit.tx.execute(sql`
    insert into notifications (id, account_id, alert_id, channel_id, event, state, attempts, next_attempt_at, created_at)
    select id, ${ctx.account}, "alertId", "channelId", 'resolved', 'pending', 0, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, "alertId" text, "channelId" text)
    on conflict (alert_id, channel_id, event) do nothing`);
  unit.afterCommit(() => ctx.bus.publish("nudge.notifications", null));
}
