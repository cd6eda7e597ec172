import { and, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { alerts, channels, notifications } from "@/db/schema";
import type { Ground } from "@/domain/kernel";

/** A message that this deliverer may send, with what it needs for that. */
export type Claimed = {
  notification: typeof notifications.$inferSelect;
  alert: typeof alerts.$inferSelect;
  channel: typeof channels.$inferSelect;
  /** State of the "firing" message of the same alert to the same channel. */
  firingState: "pending" | "delivered" | "dead" | null;
};

/** Channels for which something is due, without the `blocked` ones. */
export async function dueChannels(
  { db, clock }: Pick<Ground, "db" | "clock">,
  blocked: string[],
): Promise<string[]> {
  const now = clock.now().toISOString();
  const rows = await db.orm.execute<{ id: string }>(sql`
    select channel_id as id from notifications
    where state = 'pending' and next_attempt_at <= ${now}::timestamptz
      and (claimed_until is null or claimed_until <= ${now}::timestamptz)
      and not channel_id in (select jsonb_array_elements_text(${JSON.stringify(blocked)}::jsonb))
    group by channel_id order by min(next_attempt_at)`);
  return rows.map((row) => row.id);
}

/**
 * Takes due messages of a channel, oldest first. The claim is committed before anything is sent: a deliverer that
 * dies in between leaves a message that is sent again only after the claim has run out. A "resolved" is not taken
 * while its "firing" waits. `busy`: messages that this process still works on, whatever their claim says.
 */
export async function claimDue(
  { db, clock }: Pick<Ground, "db" | "clock">,
  wish: { channelId: string; limit: number; holder: string; claimMs: number; busy: string[] },
): Promise<Claimed[]> {
  const now = clock.now().toISOString();
  const until = new Date(clock.now().getTime() + wish.claimMs).toISOString();
  const taken = await db.orm.execute<{ id: string }>(sql`
    update notifications set claimed_until = ${until}::timestamptz, claimed_by = ${wish.holder}
    where id in (
      select n.id from notifications n
      where n.channel_id = ${wish.channelId} and n.state = 'pending' and n.next_attempt_at <= ${now}::timestamptz
        and (n.claimed_until is null or n.claimed_until <= ${now}::timestamptz)
        and not n.id in (select jsonb_array_elements_text(${JSON.stringify(wish.busy)}::jsonb))
        and not (n.event = 'resolved' and exists (
          select 1 from notifications f where f.alert_id = n.alert_id and f.channel_id = n.channel_id
            and f.event = 'firing' and f.state = 'pending'))
      order by n.created_at, n.id limit ${wish.limit} for update skip locked)
    returning id`);
  if (taken.length === 0) return [];
  const firing = alias(notifications, "firing");
  return db.orm
    .select({ notification: notifications, alert: alerts, channel: channels, firingState: firing.state })
    .from(notifications)
    .innerJoin(alerts, eq(alerts.id, notifications.alertId))
    .innerJoin(channels, eq(channels.id, notifications.channelId))
    .leftJoin(
      firing,
      and(
        eq(firing.alertId, notifications.alertId),
        eq(firing.channelId, notifications.channelId),
        eq(firing.event, "firing"),
      ),
    )
    .where(
      inArray(
        notifications.id,
        taken.map((row) => row.id),
      ),
    )
    .orderBy(notifications.createdAt, notifications.id);
}
