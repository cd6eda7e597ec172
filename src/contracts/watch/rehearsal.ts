import { z } from "zod";
import { subjectSchema } from "./alert";
import { ruleDraftSchema } from "./rule";

/** What is rehearsed: the draft, over the last `days` of what is stored. `ruleId`: of the rule that is being edited. */
export const rehearseSchema = z.object({
  rule: ruleDraftSchema,
  days: z.number().int().min(1).max(7).default(7),
  ruleId: z.string().optional(),
});

/** What the rule would have done: the same judgement on the same stored data as in life. */
export const rehearsalSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** How far back the data of this kind really reaches; later than `from` where it was not kept, `to` where there is none; null: all the way. */
  dataFrom: z.string().nullable(),
  /** Times that we were blind, left out of the judgement. */
  blind: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Firings in all; `episodes` holds the newest 200. */
  firings: z.number().int(),
  subjects: z.number().int(),
  firingMs: z.number().int(),
  /** Messages a channel would have got by the routes of now, repeats included; and how many in the worst hour. */
  messages: z.number().int(),
  worstHour: z.object({ at: z.string(), messages: z.number().int() }).nullable(),
  episodes: z.array(
    z.object({
      subject: subjectSchema,
      since: z.string(),
      firedAt: z.string(),
      resolvedAt: z.string().nullable(),
      value: z.number().nullable(),
      summary: z.string(),
      resolution: z.string().nullable(),
    }),
  ),
  /** What could not be rehearsed or was left out, and why, in sentences. */
  notes: z.array(z.string()),
  /** Read and judged. */
  looked: z.object({ observations: z.number().int(), tookMs: z.number() }),
});
export type Rehearsal = z.infer<typeof rehearsalSchema>;
export type RehearseInput = z.input<typeof rehearseSchema>;
