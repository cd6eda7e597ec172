/** The watcher watched from outside: the dead-man ping, and whether watching and telling keep up. */
export { changeDeadMan } from "./change-dead-man";
export { followLags, type LagState } from "./follow-lags";
export { sendDuePings } from "./send-due-pings";
export { showDeadMan } from "./show-dead-man";
export { testDeadMan } from "./test-dead-man";
export { watchHealth } from "./watch-health";
export { type LagLimits, lateParts, usualLimits } from "./why-held";
