import { z } from "zod";

const words = "must be a moment such as 2026-11-21T10:00:00Z";

/** A moment as text, ISO 8601 with its offset. The year 0 is none: PostgreSQL knows no such year. */
export const momentSchema = z.iso
  .datetime({ offset: true, error: words })
  .refine((text) => new Date(text).getUTCFullYear() >= 1, words);
