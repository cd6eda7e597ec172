/** What agents measure, by the minute. */

export { forgetOldMinutes } from "./forget-old-minutes";
export { knownMetrics, unitOf } from "./known-metrics";
