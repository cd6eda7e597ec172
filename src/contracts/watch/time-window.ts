import { z } from "zod";

/** An IANA zone that this runtime knows, like `Europe/Berlin`. */
export const zoneSchema = z
  .string()
  .max(60)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
    } catch {
      return false;
    }
  }, "must be a time zone like Europe/Berlin");

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time like 22:00");

/**
 * Hours that come back: on these days (1 Monday … 7 Sunday), from … to by the clock on the wall of `zone`, daylight
 * saving included. `to` at or before `from` means the next day; the days are those on which it begins.
 */
export const timeWindowSchema = z.object({
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: clockSchema,
  to: clockSchema,
  zone: zoneSchema,
});
export type TimeWindow = z.infer<typeof timeWindowSchema>;
