import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Page, PageQuery } from "@/contracts/kernel/page";
import type { Notification, notificationDetailSchema } from "@/contracts/watch/notification";
import { alerts, channels, notificationAlerts, notificationAttempts, notifications } from "@/db/schema";
import { type Ctx, demand, notFound } from "@/domain/kernel";
import { pageFrom, positionOf } from "../keyset";

/** Narrows the delivery log; absent fields narrow nothing. */
export type NotificationFilter = {
  state?: Notification["state"] | undefined;
  channelId?: string | undefined;
  alertId?: string | undefined;
  groupId?: string | undefined;
};

/** Alerts that one message's answer names. */
const mostAlerts = 100;

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
      query.groupId ? eq(notifications.groupId, query.groupId) : undefined,
      query.alertId
        ? sql`exists (select 1 from notification_alerts t where t.notification_id = ${notifications.id}
            and t.alert_id = ${query.alertId})`
        : undefined,
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

/** One message with its alerts, the first hundred, and all its tries, oldest first. Throws not-found. */
export async function getNotification(
  ctx: Ctx,
  id: string,
): Promise<z.infer<typeof notificationDetailSchema>> {
  demand(ctx, "board:read");
  const [found] = await read(ctx, eq(notifications.id, id), 1);
  if (!found) throw notFound("notification");
  const [tries, told] = await Promise.all([
    ctx.db.orm
      .select()
      .from(notificationAttempts)
      .where(eq(notificationAttempts.notificationId, id))
      .orderBy(asc(notificationAttempts.id)),
    ctx.db.orm
      .select({
        id: alerts.id,
        subject: alerts.subjectName,
        rule: alerts.ruleName,
        as: notificationAlerts.as,
      })
      .from(notificationAlerts)
      .innerJoin(alerts, eq(alerts.id, notificationAlerts.alertId))
      .where(eq(notificationAlerts.notificationId, id))
      .orderBy(asc(notificationAlerts.as), asc(alerts.firedAt), asc(alerts.id))
      .limit(mostAlerts),
  ]);
  return {
    ...notificationOf(found),
    alerts: told.map(({ subject, rule, ...one }) => ({ ...one, title: `${subject}: ${rule}` })),
    tries: tries.map(({ at, tookMs, status, answer }) => ({ at: at.toISOString(), tookMs, status, answer })),
  };
}

type Found = { row: typeof notifications.$inferSelect; channelName: string };

function read(ctx: Ctx, narrow: SQL | undefined, limit: number): Promise<Found[]> {
  return ctx.db.orm
    .select({ row: notifications, channelName: channels.name })
    .from(notifications)
    .innerJoin(channels, eq(channels.id, notifications.channelId))
    .where(and(eq(notifications.accountId, ctx.account), narrow))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit);
}

function notificationOf({ row, channelName }: Found): Notification {
  return {
    id: row.id,
    title: row.title,
    groupId: row.groupId,
    channelId: row.channelId,
    channelName,
    event: row.event,
    firingCount: row.firingCount,
    resolvedCount: row.resolvedCount,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    lastStatus: row.lastStatus,
    lastAnswer: row.lastAnswer,
    createdAt: row.createdAt.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}
