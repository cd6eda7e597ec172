export type { Bus, BusHealth, MessageHandler, MessageMeta } from "./bus";
export { memoryBus } from "./memory";
export { redisBus } from "./redis";
