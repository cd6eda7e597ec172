import { eq, sql } from "drizzle-orm";
import { channels, notifications } from "@/db/schema";
import type { Ground } from "@/domain/kernel";

/**
 * `n.state = 'pending'`, in words that keep the planner from `notifications_waiting`: where messages are known by their id
 * or their group it would look through all that wait, and it does so when the outbox has filled faster than its statistics.
 */
export const stillPending = (table: string) => sql.raw(`${table}.state not in ('delivered', 'dead')`);

/** A message that this deliverer may send, and where to. */
export type Claimed = {
  notification: typeof notifications.$inferSelect;
  channel: typeof channels.$inferSelect;
};

/**
 * Kinds of channels where nobody sees a repeat: a webhook's receiver knows a message by its id, the inbox is written
 * with the end. Of these several messages are claimed together; of the others one, so that a crash leaves at most one
 * in doubt. So are those of a channel with a bound of its own.
 */
const together = { kinds: ["webhook", "inbox"], most: 100, mostOfAll: 1_000 };

/**
 * Takes what comes next of each channel that is not `blocked` and whose breaker is closed or may be tried: first what
 * a dead deliverer left, else the oldest that is due and not behind an older one of its group. A channel of which
 * something is claimed gives nothing, so that over all processes one deliverer serves a channel, one message at a time.
 * The claim is committed before anything is sent. It lives by the database's clock for `claimMs`, unless `keepClaims`
 * prolongs it; when it has run out, one who `takesOver` gets the messages. In order of creation within a channel.
 */
export async function claimNext(
  { db, clock }: Pick<Ground, "db" | "clock">,
  wish: { channels: number; holder: string; claimMs: number; blocked: string[]; takesOver: boolean },
): Promise<Claimed[]> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  const claimed = wish.takesOver
    ? sql`coalesce(n.claimed_until > clock_timestamp(), false)`
    : sql`n.claimed_until is not null`;
  const due = sql`n.channel_id = c.id and n.state = 'pending' and n.next_attempt_at <= ${now}`;
  const many = sql`c.per_minute is null and c.kind in (select jsonb_array_elements_text(${JSON.stringify(together.kinds)}::jsonb))`;
  // Two must not share a channel's messages out between them, or they would go out of order. So who locks a channel's row
  // claims of it alone, and only all that it chose: who chose before another claimed has chosen some of the same.
  // Each condition is asked again of the locked rows: another deliverer may have been faster. The steps are kept apart
  // by hand: the planner, which learns of a sudden outbox late, would look for the next ones anew for every row. And without
  // `offset 0` it would look for the few claimed ones through all that the channel was ever sent, which is in order already.
  const taken = await db.orm.execute<{ id: string }>(sql`
    with ready as materialized (
      select c.id, case when ${many} then ${together.most}::int else 1 end as most
      from channels c cross join lateral (
        select n.created_at from notifications n where ${due} order by n.created_at, n.id limit 1) oldest
      where not c.id in (select jsonb_array_elements_text(${JSON.stringify(wish.blocked)}::jsonb))
        and (c.broken_until is null or c.broken_until <= ${now} or not c.enabled)
        and not exists (
          select 1 from notifications n where n.channel_id = c.id and n.claimed_until is not null
            and ${stillPending("n")} and ${claimed})
      order by oldest.created_at limit ${wish.channels}
      for no key update of c skip locked
    ), next as materialized (
      select m.id, c.id as channel_id
      from ready c cross join lateral (
        (select n.id, n.created_at from (
            select * from notifications n where n.channel_id = c.id and n.claimed_until is not null
              and ${stillPending("n")} and n.next_attempt_at <= ${now} offset 0) n
          order by n.created_at, n.id limit c.most)
        union
        (select n.id, n.created_at from notifications n where ${due} and not exists (
            select 1 from notifications o where o.group_id = n.group_id and o.channel_id = n.channel_id
              and ${stillPending("o")} and o.next_attempt_at > ${now} and (o.created_at, o.id) < (n.created_at, n.id))
          and not exists (select 1 from notifications k where k.channel_id = c.id and k.claimed_until is not null
              and ${stillPending("k")} and k.next_attempt_at <= ${now})
          order by n.created_at, n.id limit c.most)) m
      order by m.created_at, m.id limit ${together.mostOfAll}
    ), free as materialized (
      select n.id, n.channel_id from notifications n
      where n.id = any(array(select id from next)) and ${stillPending("n")} and n.next_attempt_at <= ${now}
        and not ${claimed}
      order by n.created_at, n.id for update of n skip locked
    ), shared as (
      select channel_id from next where not id in (select id from free)
    )
    update notifications set claimed_by = ${wish.holder},
      claimed_until = clock_timestamp() + ${wish.claimMs} * interval '1 millisecond'
    where id = any(array(select id from free where not channel_id in (select channel_id from shared)))
    returning id`);
  if (taken.length === 0) return [];
  return db.orm
    .select({ notification: notifications, channel: channels })
    .from(notifications)
    .innerJoin(channels, eq(channels.id, notifications.channelId))
    .where(
      sql`${notifications.id} in (select jsonb_array_elements_text(${JSON.stringify(taken.map(({ id }) => id))}::jsonb))`,
    )
    .orderBy(notifications.createdAt, notifications.id);
}

/** Prolongs claims of messages that are still worked on: `claimMs` from now. A claim that was lost stays lost. */
export async function keepClaims(
  { db }: Pick<Ground, "db">,
  { ids, holder, claimMs }: { ids: string[]; holder: string; claimMs: number },
): Promise<string[]> {
  // Locked rows are being ended at this moment: waiting for them could end in a deadlock.
  const kept = await db.orm.execute<{ id: string }>(sql`
    update notifications set claimed_until = clock_timestamp() + ${claimMs} * interval '1 millisecond'
    where id = any(array(
      select n.id from notifications n
      where n.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
        and ${stillPending("n")} and n.claimed_by = ${holder} for update skip locked))
    returning id`);
  return kept.map(({ id }) => id);
}

/** Gives messages back that were claimed and not sent. */
export async function releaseClaims(
  { db }: Pick<Ground, "db">,
  { ids, holder }: { ids: string[]; holder: string },
): Promise<void> {
  await db.orm.execute(sql`
    update notifications n set claimed_until = null, claimed_by = null
    where n.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
      and ${stillPending("n")} and n.claimed_by = ${holder}`);
}
