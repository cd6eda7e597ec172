/**
 * The breaker of a channel, kept with the channel: after so many failures in a row, whichever messages they were of,
 * it is left alone for a while, then tried with one message, and left alone for twice as long. A delivery closes it.
 */
export const breaker = { opensAfter: 5, firstMs: 30_000, longestMs: 15 * 60_000 } as const;

/** How long the channel is left alone after its `failures`th failure in a row; null: it is not. `Retry-After` wins. */
export function restAfter(failures: number, retryAfterMs: number | null): number | null {
  if (failures < breaker.opensAfter) return null;
  if (retryAfterMs !== null) return retryAfterMs;
  return Math.min(breaker.longestMs, breaker.firstMs * 2 ** Math.min(failures - breaker.opensAfter, 20));
}
