import { and, eq } from "drizzle-orm";
import type { Notification } from "@/contracts/watch/notification";
import { notifications } from "@/db/schema";
import { type Ctx, conflict, demand, notFound, transact } from "@/domain/kernel";
import { getNotification } from "./find";

/**
 * Sends a message that was given up again, or one that waits at once. Refuses (`conflict`) a delivered one, and a
 * "resolved" whose "firing" never arrived: send that first.
 */
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
    if (row.event === "resolved") {
      const [firing] = await tx
        .select({ state: notifications.state })
        .from(notifications)
        .where(
          and(
            eq(notifications.alertId, row.alertId),
            eq(notifications.channelId, row.channelId),
            eq(notifications.event, "firing"),
          ),
        );
      if (firing?.state === "dead")
        throw conflict("Its firing message never arrived. Send that one again first.");
    }
    // A claim stays as it is: whoever is sending the message now is not overtaken.
    await tx
      .update(notifications)
      .set({ state: "pending", nextAttemptAt: ctx.clock.now() })
      .where(eq(notifications.id, id));
    afterCommit(() => ctx.bus.publish("nudge.notifications", null));
  });
  const { tries: _, ...notification } = await getNotification(ctx, id);
  return notification;
}
