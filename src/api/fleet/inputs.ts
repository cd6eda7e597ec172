import { z } from "zod";

/** An id in a path: anything else than our own characters is refused before it reaches the database. */
export const safeIdSchema = z
  .string()
  .max(64)
  .regex(/^[\w-]+$/, "is not an id");

export const oneAgent = z.object({ id: safeIdSchema });

/** Answer of what has nothing more to say. */
export const done = z.object({ ok: z.literal(true) });
