/** The watcher watched: turns of our own loops, and what they say about our health. */
export { keepTurns, type Turn, type TurnName, turnNames, writeTurn } from "./keep-turn";
export { diskGauge, loopGauge, startOwnGauges } from "./own-gauges";
export { sparingCursor } from "./sparing-cursor";
export { type WatchLags, watchLags } from "./watch-lags";
