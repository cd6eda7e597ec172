import { z } from "zod";

/** An id that came from outside: anything else than our own characters is refused before it reaches the database. */
export const safeIdSchema = z
  .string()
  .max(64)
  .regex(/^[\w-]+$/, "is not an id");
