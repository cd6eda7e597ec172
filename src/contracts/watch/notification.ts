import { z } from "zod";

/** A row of the outbox: one message to one channel, delivered once. */
export const notificationStates = ["pending", "delivered", "dead"] as const;
export const notificationSchema = z.object({
  id: z.string(),
  alertId: z.string(),
  agentName: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  event: z.enum(["firing", "resolved"]),
  state: z.enum(notificationStates),
  attempts: z.number(),
  nextAttemptAt: z.string().nullable(),
  lastStatus: z.number().nullable(),
  lastAnswer: z.string().nullable(),
  createdAt: z.string(),
  deliveredAt: z.string().nullable(),
});
export type Notification = z.infer<typeof notificationSchema>;

/** One try of a message. `status` 0: no answer came, `answer` says why. */
export const notificationAttemptSchema = z.object({
  at: z.string(),
  tookMs: z.number(),
  status: z.number(),
  answer: z.string(),
});
/** `GET /v1/notifications/{id}`: the message and all its tries, oldest first. */
export const notificationDetailSchema = notificationSchema.extend({
  tries: z.array(notificationAttemptSchema),
});
