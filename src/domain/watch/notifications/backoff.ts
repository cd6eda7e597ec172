import type { Sent } from "./sent";

/** How patient the outbox is. Times in ms. */
export type Patience = {
  firstDelayMs: number;
  longestDelayMs: number;
  /** A `Retry-After` beyond this is not believed. */
  longestRetryAfterMs: number;
  /** A message that is this old is given up at its next failure. */
  giveUpAfterMs: number;
  /** Tries of a message that the service refuses: some services answer 4xx for a moment while they change. */
  refusedTries: number;
};

export const defaultPatience: Patience = {
  firstDelayMs: 1_000,
  longestDelayMs: 5 * 60_000,
  longestRetryAfterMs: 3_600_000,
  giveUpAfterMs: 24 * 3_600_000,
  refusedTries: 3,
};

/**
 * What follows a failed try, the `attempts`th: wait so long, or give up. Doubles each time, with jitter of a quarter
 * to either side so that messages of one outage don't come back in step; `Retry-After` wins and is never undercut.
 */
export function afterFailure(
  sent: Pick<Sent, "verdict" | "retryAfterMs">,
  { attempts, ageMs, random }: { attempts: number; ageMs: number; random: number },
  patience: Patience = defaultPatience,
): { delayMs: number } | "give-up" {
  if (ageMs >= patience.giveUpAfterMs) return "give-up";
  if (sent.verdict === "unclear") return "give-up";
  if (sent.verdict === "refused" && attempts >= patience.refusedTries) return "give-up";
  if (sent.retryAfterMs !== null) {
    const asked = Math.min(sent.retryAfterMs, patience.longestRetryAfterMs);
    return { delayMs: Math.round(asked + random * Math.min(1_000, asked / 10)) };
  }
  const doubled = patience.firstDelayMs * 2 ** Math.min(attempts - 1, 30);
  const jittered = doubled * (0.75 + random / 2);
  return { delayMs: Math.round(Math.min(patience.longestDelayMs, jittered)) };
}
