import { z } from "zod";
import { actorSchema } from "@/contracts/kernel/actor";
import { momentSchema } from "@/contracts/kernel/moment";
import { pageQuerySchema } from "@/contracts/kernel/page";
import { lineSchema } from "@/contracts/kernel/text";
import { alertSchema } from "./alert";
import { givenMatchersSchema, matchersSchema } from "./matcher";
import { timeWindowSchema } from "./time-window";

/**
 * `silence`: somebody wants quiet about these alerts now. `maintenance`: planned work, once or at hours that come
 * back. Neither stops an alert from firing: it only is not told, and its story says by which silence.
 */
export const silenceKinds = ["silence", "maintenance"] as const;
/** `active`: mutes now. `upcoming`: has not begun, or stands between two of its hours. */
export const silenceStates = ["active", "upcoming", "ended"] as const;

export const silenceSchema = z.object({
  id: z.string(),
  kind: z.enum(silenceKinds),
  matchers: matchersSchema,
  reason: z.string(),
  createdBy: actorSchema,
  createdAt: z.string(),
  startsAt: z.string(),
  /** Null only with a `schedule`: until somebody ends it. */
  endsAt: z.string().nullable(),
  /** Hours that come back, within startsAt … endsAt; null: all of that time. */
  schedule: timeWindowSchema.nullable(),
  endedAt: z.string().nullable(),
  endedBy: z.string().nullable(),
  /** By the server's clock, as of this answer. */
  state: z.enum(silenceStates),
  /** Of an active one: until when it mutes without a break; null: nobody knows. */
  activeUntil: z.string().nullable(),
  /** Of an upcoming one: when it mutes next; null: never again. */
  nextAt: z.string().nullable(),
  /** Firing alerts that it fits now. */
  matching: z.number().int(),
  /** Ids of 10,000 of them, the most severe and newest first; of a silence that is not active, of 500. */
  fits: z.array(z.string()),
});
export type Silence = z.infer<typeof silenceSchema>;

export const createSilenceSchema = z
  .object({
    kind: z.enum(silenceKinds).default("silence"),
    matchers: givenMatchersSchema.min(1, "say at least one thing that it fits"),
    reason: lineSchema(500),
    startsAt: momentSchema.optional(),
    endsAt: momentSchema.nullable(),
    schedule: timeWindowSchema.nullable().default(null),
  })
  .refine(({ endsAt, schedule }) => endsAt !== null || schedule !== null, {
    path: ["endsAt"],
    message: "A silence needs an end.",
  });
/** Absent fields stay; one that has ended can't be changed. */
export const changeSilenceSchema = z.object({
  id: z.string(),
  matchers: givenMatchersSchema.min(1).optional(),
  reason: lineSchema(500).optional(),
  endsAt: momentSchema.nullable().optional(),
  schedule: timeWindowSchema.nullable().optional(),
});

/** `GET /v1/silences`: those that have not ended first, each part newest first. */
export const silencesQuerySchema = pageQuerySchema.extend({
  /** `open`: those that have not ended, active or upcoming. */
  state: z.enum([...silenceStates, "open"]).optional(),
  kind: z.enum(silenceKinds).optional(),
});
export type SilencesQuery = z.infer<typeof silencesQuerySchema>;

/** `POST /v1/silences/preview`: which firing alerts these matchers fit; `items` are the newest 50. */
export const previewSilenceSchema = z.object({
  matchers: givenMatchersSchema.min(1, "say at least one thing that it fits"),
});
export const silencePreviewSchema = z.object({ matching: z.number().int(), items: z.array(alertSchema) });

export type NewSilence = z.infer<typeof createSilenceSchema>;
export type SilenceChange = z.infer<typeof changeSilenceSchema>;
