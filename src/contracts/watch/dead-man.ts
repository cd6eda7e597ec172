import { z } from "zod";
import { webhookUrlSchema } from "./channel";

/** How the last ping went. `status` 0: no answer came, `answer` says why. */
export const pingResultSchema = z.object({
  at: z.string(),
  ok: z.boolean(),
  status: z.number(),
  answer: z.string(),
  tookMs: z.number(),
});
export type PingResult = z.infer<typeof pingResultSchema>;

/**
 * The dead-man ping: a service outside hears from us as long as whole turns of watching and telling go well, and raises
 * the alarm that we can't raise when it does not. The address is a credential: stored sealed, shown as `target`.
 */
export const deadManSchema = z.object({
  enabled: z.boolean(),
  target: z.string().nullable(),
  periodMs: z.number().int(),
  last: pingResultSchema.nullable(),
  /** Why no ping is sent at the moment, in a sentence; null while they are. */
  held: z.string().nullable(),
});
export type DeadMan = z.infer<typeof deadManSchema>;

/** `PUT /v1/settings/dead-man`: absent fields stay; `url` null forgets the address, and pings end. */
export const changeDeadManSchema = z.object({
  url: webhookUrlSchema.nullable().optional(),
  enabled: z.boolean().optional(),
  periodMs: z.number().int().min(10_000).max(3_600_000).optional(),
});
export type ChangeDeadMan = z.infer<typeof changeDeadManSchema>;

/** How far behind a loop is, by its newest whole turn; null: it made none yet. `late`: more than the settings allow. */
const turnSchema = z.object({
  lagMs: z.number().nullable(),
  at: z.string().nullable(),
  late: z.boolean(),
});

/** `GET /v1/watch/health`: whether the watcher itself is well. */
export const watchHealthSchema = z.object({
  /** When this was so, by the server's clock. */
  asOf: z.string(),
  evaluation: turnSchema,
  delivery: turnSchema.extend({ backlog: z.number().int(), oldestMs: z.number().nullable() }),
  deadMan: deadManSchema.pick({ enabled: true, last: true, held: true }),
  /** Names of channels that are failing: their tries fail one after the other, or their last message was given up. */
  broken: z.array(z.string()),
  /** Messages to those channels: what waits for a try, and what was given up in the last 7 days. */
  undelivered: z.object({ waiting: z.number().int(), givenUp: z.number().int() }),
  /** What is wrong, in sentences, for a banner; empty: all is well. */
  faults: z.array(z.string()),
});
export type WatchHealth = z.infer<typeof watchHealthSchema>;
