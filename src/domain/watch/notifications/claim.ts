import { eq, inArray, sql } from "drizzle-orm";
import { channels, notifications } from "@/db/schema";
import type { Ground } from "@/domain/kernel";

/** A message that this deliverer may send, and where to. */
export type Claimed = {
  notification: typeof notifications.$inferSelect;
  channel: typeof channels.$inferSelect;
};

/**
 * Takes the next message of each channel that is not `blocked` and whose breaker is closed or may be tried: first the
 * one that a dead deliverer left, else the oldest that is due and not behind another one of its group. A channel of
 * which a message is claimed already gives none, so that over all processes one message a channel is on its way and a
 * crash leaves at most one in doubt. The claim is committed before anything is sent. It lives by the database's clock
 * for `claimMs`, unless `keepClaims` prolongs it; when it has run out, one who `takesOver` gets the message.
 */
export async function claimNext(
  { db, clock }: Pick<Ground, "db" | "clock">,
  wish: { limit: number; holder: string; claimMs: number; blocked: string[]; takesOver: boolean },
): Promise<Claimed[]> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  const claimed = wish.takesOver
    ? sql`coalesce(n.claimed_until > clock_timestamp(), false)`
    : sql`n.claimed_until is not null`;
  const due = sql`n.channel_id = c.id and n.state = 'pending' and n.next_attempt_at <= ${now}`;
  // Each condition is asked again of the locked row: another deliverer may have been faster.
  const taken = await db.orm.execute<{ id: string }>(sql`
    with next as (
      select m.id
      from channels c cross join lateral (
        (select n.id from notifications n where ${due} and n.claimed_until is not null limit 1)
        union all
        (select n.id from notifications n where ${due} and not exists (
            select 1 from notifications o where o.group_id = n.group_id and o.channel_id = n.channel_id
              and o.state = 'pending' and (o.created_at, o.id) < (n.created_at, n.id))
          order by n.created_at, n.id limit 1)
        limit 1) m
      where not c.id in (select jsonb_array_elements_text(${JSON.stringify(wish.blocked)}::jsonb))
        and (c.broken_until is null or c.broken_until <= ${now} or not c.enabled)
        and not exists (
          select 1 from notifications n where n.channel_id = c.id and n.claimed_until is not null
            and n.state = 'pending' and ${claimed})
    ), free as (
      select n.id from notifications n join next on next.id = n.id
      where n.state = 'pending' and n.next_attempt_at <= ${now} and not ${claimed}
      order by n.next_attempt_at limit ${wish.limit} for update of n skip locked
    )
    update notifications set claimed_by = ${wish.holder},
      claimed_until = clock_timestamp() + ${wish.claimMs} * interval '1 millisecond'
    where id in (select id from free)
    returning id`);
  if (taken.length === 0) return [];
  return db.orm
    .select({ notification: notifications, channel: channels })
    .from(notifications)
    .innerJoin(channels, eq(channels.id, notifications.channelId))
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
