import { z } from "zod";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import {
  notificationDetailSchema,
  notificationSchema,
  notificationStates,
} from "@/contracts/watch/notification";
import { getNotification, listNotifications, retryNotification } from "@/domain/watch/notifications";
import { procedure, router } from "../trpc";

const oneSchema = z.object({ id: z.string() });
const filterSchema = pageQuerySchema.extend({
  state: z.enum(notificationStates).optional(),
  channelId: z.string().optional(),
  alertId: z.string().optional(),
  groupId: z.string().optional(),
});

/** The delivery log: every message, what each try met, and "send again". */
export const notificationsRouter = router({
  list: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/notifications",
        summary: "List messages",
        tags: ["notifications"],
      },
      access: "board:read",
    })
    .input(filterSchema)
    .output(pageOf(notificationSchema))
    .query(({ ctx, input }) => listNotifications(ctx, input)),
  get: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/notifications/{id}",
        summary: "Show a message and its tries",
        tags: ["notifications"],
      },
      access: "board:read",
    })
    .input(oneSchema)
    .output(notificationDetailSchema)
    .query(({ ctx, input }) => getNotification(ctx, input.id)),
  retry: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/notifications/{id}/retry",
        summary: "Send a message again",
        tags: ["notifications"],
      },
      access: "channels:manage",
    })
    .input(oneSchema)
    .output(notificationSchema)
    .mutation(({ ctx, input }) => retryNotification(ctx, input.id)),
});
