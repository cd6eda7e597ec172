import { z } from "zod";
import { actorSchema } from "@/contracts/kernel/actor";
import { alertSchema, alertStepSchema, tellingStageSchema } from "./alert";
import { notificationAttemptSchema, notificationEventSchema, notificationStates } from "./notification";

/** What people do to an alert. */
export const storyActs = [
  "acknowledged",
  "unacknowledged",
  "assigned",
  "commented",
  "snoozed",
  "unsnoozed",
] as const;

const common = { id: z.string(), at: z.string() };

/** A message that told of this alert, with every try. `as`: as what the alert stands in it. */
export const storyMessageSchema = z.object({
  id: z.string(),
  title: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  event: notificationEventSchema,
  as: z.enum(["firing", "resolved", "still"]),
  /** How many alerts the message tells of, this one included. */
  alertCount: z.number().int(),
  state: z.enum(notificationStates),
  attempts: z.number().int(),
  nextAttemptAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  tries: z.array(notificationAttemptSchema),
});
export type StoryMessage = z.infer<typeof storyMessageSchema>;

/** One thing that happened to an alert. `text` is the note, the comment, whom it was assigned to (null: nobody). */
export const storyEntrySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fired"), ...common }),
  z.object({ kind: z.literal("flapping"), ...common }),
  z.object({ kind: z.literal("resolved"), ...common }),
  z.object({
    kind: z.literal("act"),
    ...common,
    act: z.enum(storyActs),
    by: actorSchema,
    text: z.string().nullable(),
    until: z.string().nullable(),
  }),
  z.object({ kind: z.literal("step"), ...common, step: alertStepSchema }),
  z.object({ kind: z.literal("message"), ...common, message: storyMessageSchema }),
]);
export type StoryEntry = z.infer<typeof storyEntrySchema>;

/**
 * What comes next unless something happens before: channels that are told at a moment, or what holds the telling (until
 * when, if time alone ends that) and which channels then hear of the alert for the first time.
 */
export const storyNextSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("telling"),
    event: notificationEventSchema.exclude(["resolved"]),
    at: z.string(),
    channels: z.array(z.string()),
  }),
  z.object({
    kind: z.literal("held"),
    stage: tellingStageSchema,
    reason: z.string(),
    until: z.string().nullable(),
    channels: z.array(z.string()),
  }),
]);
export type StoryNext = z.infer<typeof storyNextSchema>;

/** `GET /v1/alerts/{id}/story`: the alert and everything that happened to it, oldest first, 500 at most; what is next. */
export const alertStorySchema = z.object({
  alert: alertSchema,
  entries: z.array(storyEntrySchema),
  next: z.array(storyNextSchema),
});
export type AlertStory = z.infer<typeof alertStorySchema>;
