/** Limits of how often: on Redis for all instances together, or in memory. */
export { memoryLimits } from "./memory";
export { redisLimits } from "./redis";
export type { Limit, LimitStore, Taken } from "./store";
