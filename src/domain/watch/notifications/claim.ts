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

/**
 * Takes the next message of each channel that is not `blocked`: the oldest that is due. A channel of which a message
 * is claimed already gives none, so that over all processes one message a channel is on its way and a crash leaves
 * at most one in doubt. The claim is committed before anything is sent. It lives by the database's clock for `claimMs`,
 * unless `keepClaims` prolongs it; when it has run out, one who `takesOver` gets the message. A "resolved" is not
 * taken while its "firing" waits.
 */
export async function claimNext(
  { db, clock }: Pick<Ground, "db" | "clock">,
  wish: { limit: number; holder: string; claimMs: number; blocked: string[]; takesOver: boolean },
): Promise<Claimed[]> {
  const now = clock.now().toISOString();
  const claimed = wish.takesOver
    ? sql`coalesce(n.claimed_until > clock_timestamp(), false)`
    : sql`n.claimed_until is not null`;
  // Each condition is asked again of the locked row: another deliverer may have been faster.
  const taken = await db.orm.execute<{ id: string }>(sql`
    with next as (
      select distinct on (n.channel_id) n.id
      from notifications n
      where n.state = 'pending' and n.next_attempt_at <= ${now}::timestamptz
        and not n.channel_id in (select jsonb_array_elements_text(${JSON.stringify(wish.blocked)}::jsonb))
        and not (n.event = 'resolved' and exists (
          select 1 from notifications f where f.alert_id = n.alert_id and f.channel_id = n.channel_id
            and f.event = 'firing' and f.state = 'pending'))
      order by n.channel_id, ${claimed} desc, n.created_at, n.id
    ), free as (
      select n.id from notifications n join next on next.id = n.id
      where n.state = 'pending' and n.next_attempt_at <= ${now}::timestamptz and not ${claimed}
      order by n.next_attempt_at limit ${wish.limit} for update of n skip locked
    )
    update notifications set claimed_by = ${wish.holder},
      claimed_until = clock_timestamp() + ${wish.claimMs} * interval '1 millisecond'
    where id in (select id from free)
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

/** Prolongs claims of messages that are still worked on: `claimMs` from now. A claim that was lost stays lost. */
export async function keepClaims(
  { db }: Pick<Ground, "db">,
  { ids, holder, claimMs }: { ids: string[]; holder: string; claimMs: number },
): Promise<void> {
  await db.orm.execute(sql`
    update notifications set claimed_until = clock_timestamp() + ${claimMs} * interval '1 millisecond'
    where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
      and state = 'pending' and claimed_by = ${holder}`);
}
