import { z } from "zod";
import { safeIdSchema } from "@/contracts/kernel/id";

export const oneAgent = z.object({ id: safeIdSchema });

/** Answer of what has nothing more to say. */
export const done = z.object({ ok: z.literal(true) });
