import { and, eq, sql } from "drizzle-orm";
import type { Notification } from "@/contracts/watch/notification";
import { notifications } from "@/db/schema";
import { type Ctx, conflict, demand, notFound, transact } from "@/domain/kernel";
import { channelRow } from "../channels/find";
import { getNotification } from "./find";

/** Sends a message that was given up again, or one that waits at once. Refuses (`conflict`) a delivered one. */
export async function retryNotification(ctx: Ctx, id: string): Promise<Notification> {
  demand(ctx, "channels:manage");
  await transact(ctx, async ({ tx, afterCommit }) => {
    const [row] = await tx
      .select()
      .from(notifications)
      .where(and(eq(notifications.accountId, ctx.account), eq(notifications.id, id)))
      .for("update");
    if (!row) throw notFound("notification");
    if (row.state === "delivered") throw conflict("This message has arrived, so it is not sent again.");
    // The channel's breaker is overruled: whoever says "again" wants to see it tried.
    await tx.execute(sql`update channels set broken_until = null where id = ${row.channelId}`);
    // A claim stays as it is: whoever is sending the message now is not overtaken.
    await tx
      .update(notifications)
      .set({ state: "pending", nextAttemptAt: ctx.clock.now() })
      .where(eq(notifications.id, id));
    afterCommit(() => ctx.bus.publish("nudge.notifications", null));
  });
  const { tries: _, alerts: __, ...notification } = await getNotification(ctx, id);
  return notification;
}

/** Sends all messages of a channel again that were given up, oldest first, and those that wait at once. */
export function retryChannel(ctx: Ctx, channelId: string): Promise<{ again: number }> {
  demand(ctx, "channels:manage");
  return transact(ctx, async ({ tx, afterCommit }) => {
    await channelRow(ctx, tx, channelId);
    await tx.execute(sql`update channels set broken_until = null where id = ${channelId}`);
    const again = await tx.execute<{ id: string }>(sql`
      update notifications set state = 'pending', next_attempt_at = ${ctx.clock.now().toISOString()}::timestamptz
      where account_id = ${ctx.account} and channel_id = ${channelId}
        and (state = 'dead' or (state = 'pending' and claimed_until is null))
      returning id`);
    afterCommit(() => ctx.bus.publish("nudge.notifications", null));
    return { again: again.length };
  });
}
