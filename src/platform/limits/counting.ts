import { type RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";
import type { Limit, LimitStore } from "./store";

/** A store over limiters of rate-limiter-flexible: one for each name, made at its first use. */
export function countBy(
  makeLimiter: (name: string, limit: Limit) => RateLimiterAbstract,
  close: () => void,
): LimitStore {
  const byName = new Map<string, RateLimiterAbstract>();
  const limiterOf = (name: string, limit: Limit) => {
    const known = byName.get(name) ?? makeLimiter(name, limit);
    byName.set(name, known);
    return known;
  };
  return {
    async take(name, limit, key) {
      try {
        await limiterOf(name, limit).consume(key);
        return { ok: true };
      } catch (reason) {
        // The library rejects with its result where the limit was reached, and with an error where it could not count.
        if (!(reason instanceof RateLimiterRes)) throw reason;
        return { ok: false, retryAfterMs: Math.max(1_000, reason.msBeforeNext) };
      }
    },
    async giveBack(name, limit, key) {
      await limiterOf(name, limit).reward(key);
    },
    close,
  };
}
