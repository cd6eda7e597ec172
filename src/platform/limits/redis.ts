import { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import type { Log } from "../log";
import { countBy } from "./counting";
import { memoryLimiter } from "./memory";
import type { LimitStore } from "./store";

/** A Redis that is connected but silent must not hold up a sign-in for longer. */
const commandTimeoutMs = 400;

/**
 * Counts for all instances together. While Redis is away each instance counts in its own memory, from zero: with n
 * instances, n times as many for that time.
 */
export function redisLimits(url: string, { prefix, log }: { prefix: string; log?: Log }): LimitStore {
  const storeClient = new Redis(url, {
    // Nothing is kept for later: the insurance answers at once.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 3_000,
    commandTimeout: commandTimeoutMs,
    keepAlive: 5_000,
    retryStrategy: (attempt) => Math.min(1_000, 50 * 2 ** Math.min(attempt, 5)),
  });
  let away = false;
  storeClient.on("error", (error: Error) => {
    if (!away) log?.warn({ err: error }, "Redis is away: limits count in the memory of this instance.");
    away = true;
  });
  storeClient.on("ready", () => {
    away = false;
  });
  return countBy(
    (name, limit) =>
      new RateLimiterRedis({
        storeClient,
        keyPrefix: `${prefix}:limit:${name}`,
        points: limit.most,
        duration: limit.windowSeconds,
        rejectIfRedisNotReady: true,
        insuranceLimiter: memoryLimiter(`${prefix}:limit:${name}`, limit),
      }),
    () => storeClient.disconnect(),
  );
}
