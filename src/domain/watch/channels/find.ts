import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Channel } from "@/contracts/watch/channel";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema";
import { type Ctx, demand, notFound } from "@/domain/kernel";

/** For so long a channel says what it never took; older news is no use to anybody. */
const givenUpForMs = 7 * 86_400_000;

export type ChannelRow = typeof channels.$inferSelect;

/** Channels of the account, oldest first, each with how its last delivery went. */
export function listChannels(ctx: Ctx): Promise<Channel[]> {
  demand(ctx, "board:read");
  return readChannels(ctx);
}

/** One channel as people see it. Throws not-found. */
export async function getChannel(ctx: Ctx, id: string): Promise<Channel> {
  demand(ctx, "board:read");
  const [channel] = await readChannels(ctx, eq(channels.id, id));
  if (!channel) throw notFound("channel");
  return channel;
}

/** The stored row with its sealed configuration, for whoever sends or changes. Throws not-found. */
export async function channelRow(ctx: Ctx, db: Tx | Ctx["db"]["orm"], id: string): Promise<ChannelRow> {
  const [row] = await db
    .select()
    .from(channels)
    .where(and(eq(channels.accountId, ctx.account), eq(channels.id, id), isNull(channels.deletedAt)));
  if (!row) throw notFound("channel");
  return row;
}

/** What a channel's facts are about. */
export function channelTarget(row: Pick<ChannelRow, "id" | "name">) {
  return { kind: "channel" as const, id: row.id, name: row.name };
}

/** Columns of a select from `channels`: how many messages wait for a try, and how many were given up lately. */
export function undeliveredCounts(now: Date) {
  return {
    waiting: sql<number>`(select count(*)::int from notifications n
      where n.channel_id = channels.id and n.state = 'pending')`,
    givenUp: sql<number>`(select count(*)::int ${givenUpOf(now)})`,
  };
}

/** Condition of a select from `channels`: it did not take what it was told last, lately. */
export const refusedLast = (now: Date): SQL => sql`exists (select ${givenUpOf(now)}
  and not exists (select from notifications d where d.channel_id = channels.id and d.delivered_at >= n.created_at))`;

/** One that had no business any more was never tried: nobody misses it. */
const givenUpOf = (now: Date): SQL => sql`from notifications n where n.channel_id = channels.id
  and n.state = 'dead' and n.attempts > 0 and n.created_at > ${new Date(now.getTime() - givenUpForMs).toISOString()}`;

async function readChannels(ctx: Ctx, narrow?: SQL): Promise<Channel[]> {
  const rows = await ctx.db.orm
    .select({
      row: channels,
      // "channels.id" in words: in a select of one table drizzle writes a column without its table, and inside the
      // subquery that would be the notification's own id.
      lastDeliveredAt: sql<
        string | null
      >`(select max(delivered_at) from notifications n where n.channel_id = channels.id)`,
      ...undeliveredCounts(ctx.clock.now()),
      // What was taken since has answered it: nobody looks into trouble that is over.
      lastFailure: sql<string | null>`(select n.last_answer from notifications n
        where n.channel_id = channels.id and channels.failures_in_row > 0
          and n.attempts > 0 and n.state <> 'delivered'
        order by n.created_at desc, n.id desc limit 1)`,
    })
    .from(channels)
    .where(and(eq(channels.accountId, ctx.account), isNull(channels.deletedAt), narrow))
    .orderBy(asc(channels.createdAt), asc(channels.id));
  return rows.map(({ row, lastDeliveredAt, ...last }) =>
    channelOf(row, {
      ...last,
      lastDeliveredAt: lastDeliveredAt ? new Date(lastDeliveredAt).toISOString() : null,
    }),
  );
}

/** What became of a channel's messages. */
type Told = Pick<Channel, "lastDeliveredAt" | "lastFailure" | "waiting" | "givenUp">;

export const toldNothing: Told = { lastDeliveredAt: null, lastFailure: null, waiting: 0, givenUp: 0 };

/** A stored channel in the words of its contract. */
export function channelOf(row: ChannelRow, told: Told): Channel {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    target: row.target,
    enabled: row.enabled,
    template: row.template,
    perMinute: row.perMinute,
    createdAt: row.createdAt.toISOString(),
    ...told,
    brokenUntil: row.brokenUntil?.toISOString() ?? null,
    failuresInRow: row.failuresInRow,
  };
}
