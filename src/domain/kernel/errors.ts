import type { ErrorCode } from "@/contracts/kernel/errors";

/**
 * An expected "no". `message` is for the person who asked: what happened, what it means, what to do. `details`
 * are fields or conflicts for programs. Each edge maps it once; anything else that is thrown is a defect (500).
 */
export class Refusal extends Error {
  override name = "Refusal";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
  }
}

/** Recognises a refusal across module graphs: Next bundles its own copy of this class, so `instanceof` would lie. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === "Refusal" && "code" in error;
}

export const invalid = (message: string, details?: unknown) => new Refusal("invalid", message, details);
export const unauthenticated = (message = "You are not signed in. Sign in and try again.") =>
  new Refusal("unauthenticated", message);
export const forbidden = (message: string) => new Refusal("forbidden", message);
export const notFound = (what: string) =>
  new Refusal("not-found", `There is no such ${what}. It may have been removed, or the link is wrong.`);
export const conflict = (message: string, details?: unknown) => new Refusal("conflict", message, details);
export const tooMany = (message: string, retryAfterMs: number) =>
  new Refusal("too-many", message, { retryAfterMs });
export const unavailable = (message: string, retryAfterMs = 1_000) =>
  new Refusal("unavailable", message, { retryAfterMs });

/** PostgreSQL error code of a failed query (`23505` unique violation …), wherever the driver put it. */
export function pgErrorOf(error: unknown): { code: string; constraint: string | null } | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^[0-9A-Z]{5}$/.test(at.code)) {
      const constraint =
        "constraint_name" in at && typeof at.constraint_name === "string" ? at.constraint_name : null;
      return { code: at.code, constraint };
    }
  }
  return null;
}

/** Whether the query failed because the unique index `constraint` already holds such a row. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  const found = pgErrorOf(error);
  return found?.code === "23505" && found.constraint === constraint;
}
