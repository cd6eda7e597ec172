import { and, desc, eq, inArray } from "drizzle-orm";
import type { StoryEntry } from "@/contracts/watch/story";
import { channels, notificationAlerts, notificationAttempts, notifications } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";

/** Most tries that a story shows, of all its messages together: a channel that is down for days has thousands. */
const mostTries = 500;

/** The messages that told of it, each with its newest tries. */
export async function readMessages(ctx: Ctx, alertId: string, limit: number): Promise<StoryEntry[]> {
  const rows = await ctx.db.orm
    .select({ message: notifications, channelName: channels.name, as: notificationAlerts.as })
    .from(notificationAlerts)
    .innerJoin(notifications, eq(notifications.id, notificationAlerts.notificationId))
    .innerJoin(channels, eq(channels.id, notifications.channelId))
    .where(and(eq(notificationAlerts.alertId, alertId), eq(notifications.accountId, ctx.account)))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit);
  if (rows.length === 0) return [];
  const tries = await ctx.db.orm
    .select()
    .from(notificationAttempts)
    .where(
      inArray(
        notificationAttempts.notificationId,
        rows.map(({ message }) => message.id),
      ),
    )
    .orderBy(desc(notificationAttempts.id))
    .limit(mostTries);
  const triesOf = new Map<string, typeof tries>();
  for (const one of tries.reverse()) {
    triesOf.set(one.notificationId, [...(triesOf.get(one.notificationId) ?? []), one]);
  }
  return rows.reverse().map(({ message, channelName, as }) => ({
    kind: "message",
    id: message.id,
    at: message.createdAt.toISOString(),
    message: {
      id: message.id,
      title: message.title,
      channelId: message.channelId,
      channelName,
      event: message.event,
      as,
      alertCount: message.firingCount + message.resolvedCount,
      state: message.state,
      attempts: message.attempts,
      nextAttemptAt: message.nextAttemptAt?.toISOString() ?? null,
      deliveredAt: message.deliveredAt?.toISOString() ?? null,
      tries: (triesOf.get(message.id) ?? []).map(({ at, tookMs, status, answer }) => ({
        at: at.toISOString(),
        tookMs,
        status,
        answer,
      })),
    },
  }));
}
