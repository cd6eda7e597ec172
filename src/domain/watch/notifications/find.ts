import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Page, PageQuery } from "@/contracts/kernel/page";
import type { Notification, notificationAttemptSchema } from "@/contracts/watch/notification";
import { alerts, channels, notificationAttempts, notifications } from "@/db/schema";
import { type Ctx, demand, notFound } from "@/domain/kernel";
import { pageFrom, positionOf } from "../keyset";

/** Narrows the delivery log; absent fields narrow nothing. */
export type NotificationFilter = {
  state?: Notification["state"] | undefined;
  channelId?: string | undefined;
  alertId?: string | undefined;
};

/** The delivery log, newest first. Throws `invalid` for a cursor that is not ours. */
export async function listNotifications(
  ctx: Ctx,
  query: PageQuery & NotificationFilter,
): Promise<Page<Notification>> {
  demand(ctx, "board:read");
  const after = positionOf(query.cursor);
  const rows = await read(
    ctx,
    and(
      query.state ? eq(notifications.state, query.state) : undefined,
      query.channelId ? eq(notifications.channelId, query.channelId) : undefined,
      query.alertId ? eq(notifications.alertId, query.alertId) : undefined,
      after
        ? sql`(${notifications.createdAt}, ${notifications.id}) < (${after.at.toISOString()}::timestamptz, ${after.id})`
        : undefined,
    ),
    query.limit + 1,
  );
  return pageFrom(
    rows,
    query.limit,
    ({ row }) => ({ part: "", at: row.createdAt, id: row.id }),
    notificationOf,
  );
}

/** One message with all its tries, oldest first. Throws not-found. */
export async function getNotification(
  ctx: Ctx,
  id: string,
): Promise<Notification & { tries: z.infer<typeof notificationAttemptSchema>[] }> {
  demand(ctx, "board:read");
  const [found] = await read(ctx, eq(notifications.id, id), 1);
  if (!found) throw notFound("notification");
  const tries = await ctx.db.orm
    .select()
    .from(notificationAttempts)
    .where(eq(notificationAttempts.notificationId, id))
    .orderBy(asc(notificationAttempts.id));
  return {
    ...notificationOf(found),
    tries: tries.map(({ at, tookMs, status, answer }) => ({ at: at.toISOString(), tookMs, status, answer })),
  };
}

type Found = { row: typeof notifications.$inferSelect; agentName: string; channelName: string };

function read(ctx: Ctx, narrow: SQL | undefined, limit: number): Promise<Found[]> {
  return ctx.db.orm
    .select({ row: notifications, agentName: alerts.agentName, channelName: channels.name })
    .from(notifications)
    .innerJoin(alerts, eq(alerts.id, notifications.alertId))
    .innerJoin(channels, eq(channels.id, notifications.channelId))
    .where(and(eq(notifications.accountId, ctx.account), narrow))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit);
}

function notificationOf({ row, agentName, channelName }: Found): Notification {
  return {
    id: row.id,
    alertId: row.alertId,
    agentName,
    channelId: row.channelId,
    channelName,
    event: row.event,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    lastStatus: row.lastStatus,
    lastAnswer: row.lastAnswer,
    createdAt: row.createdAt.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}
