/**
 * Telling: everything between an alert's fact and a message in the outbox. Who is told what and when is one document
 * (the policy); pure stages pass an alert on or hold it with a reason; the notifier writes what they decide. This door
 * holds what is pure.
 */

export { inWindow, nextWindowStart, windowEndsAt } from "@/contracts/watch/window-times";
export { faultsOfMatchers, matches, valuesOf } from "./matches";
export { compilePattern } from "./pattern";
export { defaultPolicy } from "./policy/default-policy";
export { type SilenceHours, silencedBy, silenceUntil } from "./silenced-by";
export { type RehearsedEpisode, simulateTelling, type ToldTimes } from "./simulate/simulate-telling";
export {
  type Calm,
  type History,
  type PastAlert,
  type PastMessage,
  tellHistory,
} from "./simulate/tell-history";
