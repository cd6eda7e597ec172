import { z } from "zod";
import { notificationEventSchema } from "./notification";
import { severitySchema } from "./rule";

/** A message in the console's own inbox. `id` counts up. */
export const inboxMessageSchema = z.object({
  id: z.number().int(),
  at: z.string(),
  event: notificationEventSchema,
  severity: severitySchema,
  title: z.string(),
  body: z.string(),
  /** Path of the page to open. */
  link: z.string(),
  read: z.boolean(),
});
export type InboxMessage = z.infer<typeof inboxMessageSchema>;

export const inboxSchema = z.object({
  items: z.array(inboxMessageSchema),
  nextCursor: z.string().nullable(),
  unread: z.number().int(),
});
/** Everything up to this message has been seen. */
export const readInboxSchema = z.object({ through: z.number().int().nonnegative() });
