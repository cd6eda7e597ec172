import { RateLimiterMemory } from "rate-limiter-flexible";
import { countBy } from "./counting";
import type { Limit, LimitStore } from "./store";

export const memoryLimiter = (name: string, limit: Limit) =>
  new RateLimiterMemory({ keyPrefix: name, points: limit.most, duration: limit.windowSeconds });

/** Counts for this instance alone. */
export const memoryLimits = (): LimitStore => countBy(memoryLimiter, () => undefined);
