import { z } from "zod";

/** How strictly people come in. */
export type SignInRules = {
  /** A session ends so long after the last visit. */
  sessionTtlMs: number;
  /** A session that nobody used for so long ends, whatever its lifetime; null: only the lifetime counts. */
  sessionIdleMs: number | null;
  /** Wrong passwords in a row that lock the account, and for how long. */
  maxFailures: number;
  lockoutMs: number;
  /** Calls of the API that one session may make a minute; tokens may make ten times as many. */
  callsPerMinute: number;
};

const seconds = (least: number, most: number) =>
  z.coerce
    .number("must be a number of seconds")
    .int("must be a whole number of seconds")
    .min(least, `must be at least ${least} seconds`)
    .max(most, `must be at most ${most} seconds`);

export const signInSettings = {
  MC_SESSION_TTL_SECONDS: seconds(60, 90 * 86_400)
    .default(7 * 86_400)
    .describe("A session ends so long after the last visit."),
  MC_SESSION_IDLE_SECONDS: seconds(300, 90 * 86_400)
    .optional()
    .describe("A session that nobody used for so long ends; not set: only its lifetime counts."),
  MC_LOGIN_MAX_FAILURES: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(3, "must be at least 3")
    .max(100, "must be at most 100")
    .default(10)
    .describe("Wrong passwords in a row that lock an account."),
  MC_LOGIN_LOCKOUT_SECONDS: seconds(1, 86_400)
    .default(900)
    .describe("How long a locked account stays locked."),
  MC_CALLS_PER_MINUTE: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(60, "must be at least 60: the console needs that many")
    .max(1_000_000, "must be at most 1000000")
    .default(120)
    .describe("API calls that one session may make a minute; a token may make ten times as many."),
};

const shape = z.object(signInSettings);

/** The rules of the settings that were given, with the defaults of the others. */
export function toSignInRules(given: z.input<typeof shape>): SignInRules {
  const values = shape.parse(given);
  return {
    sessionTtlMs: values.MC_SESSION_TTL_SECONDS * 1_000,
    sessionIdleMs: values.MC_SESSION_IDLE_SECONDS ? values.MC_SESSION_IDLE_SECONDS * 1_000 : null,
    maxFailures: values.MC_LOGIN_MAX_FAILURES,
    lockoutMs: values.MC_LOGIN_LOCKOUT_SECONDS * 1_000,
    callsPerMinute: values.MC_CALLS_PER_MINUTE,
  };
}
