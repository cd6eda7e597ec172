import { z } from "zod";

/** Log levels, least first; the number is what the database stores. */
export const logLevels = ["debug", "info", "warn", "error"] as const;
export const logLevelSchema = z.enum(logLevels);
export type LogLevel = z.infer<typeof logLevelSchema>;

/** Longest message of one line; the rest is cut with an ellipsis, never refused. */
export const maxLogMessageLength = 8_192;

/** A stored line. `id` orders lines of one agent and is the cursor of older pages. */
export const logLineSchema = z.object({
  id: z.string(),
  at: z.string(),
  level: logLevelSchema,
  source: z.string().nullable(),
  message: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;
