import { z } from "zod";
import { errorCodes } from "./error-codes";

export type ErrorCode = (typeof errorCodes)[number];

/** HTTP status of each code; the CLI derives its exit code from the same table. */
export const httpStatusOf: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  "too-many": 429,
  unavailable: 503,
  internal: 500,
};

/** Body of every refused REST call. `details` names fields or, for a conflict, what stands in the way. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string(),
    requestId: z.string(),
    details: z.unknown().optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
