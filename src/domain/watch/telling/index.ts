/**
 * Telling: everything between an alert's fact and a message in the outbox. Who is told what and when is one document
 * (the policy); pure stages pass an alert on or hold it with a reason; the notifier writes what they decide.
 */

export { inWindow, nextWindowStart, windowEndsAt } from "@/contracts/watch/window-times";
export { faultsOfMatchers, matches } from "./matches";
export { type SilenceHours, silencedBy, silenceUntil } from "./silenced-by";
