import { z } from "zod";
import { Refusal } from "@/domain/kernel";

const refusedSchema = z.object({
  error: z.object({
    code: z.enum(["invalid", "not-found", "expired", "conflict", "too-many", "unavailable", "internal"]),
    message: z.string(),
    retryAfterMs: z.number().optional(),
  }),
});

/** A refusal of the agent protocol as the refusal of a request; what expired is a conflict with the present. */
export function refusalOfWire(answer: unknown): Refusal {
  const { code, message, retryAfterMs } = refusedSchema.parse(answer).error;
  const details = retryAfterMs === undefined ? undefined : { retryAfterMs };
  return new Refusal(code === "expired" ? "conflict" : code, message, details);
}
