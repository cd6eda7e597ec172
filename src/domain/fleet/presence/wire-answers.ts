import type { Refused, WireError } from "@/contracts/wire/agent";

/** A refusal of one message. */
export function refused(code: WireError["code"], message: string, retryAfterMs?: number): Refused {
  return {
    ok: false,
    error: retryAfterMs === undefined ? { code, message } : { code, message, retryAfterMs },
  };
}

/** The database is away: the agent keeps what it has and comes again. */
export function notSaved(what: string): Refused {
  return refused("unavailable", `${what} could not be saved now. Keep it and send it again.`, 2_000);
}
