import { z } from "zod";

/** A row of the outbox: one message to one channel, about a group of alerts. */
export const notificationStates = ["pending", "delivered", "dead"] as const;
/**
 * `firing`: at least one alert is new (others may have ended). `resolved`: only endings. `repeat`: still firing after
 * the route's repeat time. `escalation`: nobody acknowledged in time.
 */
export const notificationEvents = ["firing", "resolved", "repeat", "escalation"] as const;
export const notificationEventSchema = z.enum(notificationEvents);
export type NotificationEvent = z.infer<typeof notificationEventSchema>;

export const notificationSchema = z.object({
  id: z.string(),
  /** What it is about, in a line: the subject, or how many. */
  title: z.string(),
  groupId: z.string().nullable(),
  channelId: z.string(),
  channelName: z.string(),
  event: notificationEventSchema,
  /** Alerts that the message tells of as new or still firing, and as ended. */
  firingCount: z.number().int(),
  resolvedCount: z.number().int(),
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
/** `GET /v1/notifications/{id}`: the message, its alerts (the first 100) and all its tries, oldest first. */
export const notificationDetailSchema = notificationSchema.extend({
  alerts: z.array(
    z.object({ id: z.string(), title: z.string(), as: z.enum(["firing", "resolved", "still"]) }),
  ),
  tries: z.array(notificationAttemptSchema),
});
