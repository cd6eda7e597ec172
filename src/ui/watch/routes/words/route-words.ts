import type { Inhibition, Route } from "@/contracts/watch/policy";
import { channelWords } from "../../words/channel-words";
import { listWords } from "../../words/list-words";
import { matchersWords } from "../../words/matcher-words";
import { spanWords } from "../../words/span-words";
import { windowWords } from "../../words/window-words";
import type { Effective } from "./tree";

type Channels = readonly { id: string; name: string }[];

/** Where the root sends to when it names nobody. */
export const everyChannel = "every channel that is on";

/** "grouped by rule and host", "all in one message". */
export function groupWords(groupBy: readonly string[]): string {
  return groupBy.length === 0 ? "all in one message" : `grouped by ${listWords(groupBy)}`;
}

/** "at once, news every 30 s, again after 4 h". */
export function timesWords({
  waitMs,
  intervalMs,
  repeatMs,
}: Pick<Effective, "waitMs" | "intervalMs" | "repeatMs">): string {
  const wait = waitMs === 0 ? "at once" : `after ${spanWords(waitMs)} of gathering`;
  return `${wait}, news every ${spanWords(intervalMs)}, again after ${spanWords(repeatMs)}`;
}

/** "if nobody acknowledges in 15 min, also On-call mail; in 30 min, also Boss". */
export function escalationWords(steps: Effective["escalation"], channels: Channels): string {
  const said = [...steps]
    .sort((one, other) => one.afterMs - other.afterMs)
    .map(
      ({ afterMs, channelIds }) =>
        `in ${spanWords(afterMs)}, also ${channelWords(channelIds, channels, "nobody")}`,
    );
  return said.length === 0 ? "" : `if nobody acknowledges ${said.join("; ")}`;
}

/**
 * A branch as a sentence, with what it inherits: "Alerts with severity = critical go to Ops Teams, grouped by rule: at
 * once, news every 30 s, again after 4 h; if nobody acknowledges in 15 min, also On-call mail."
 */
export function routeSentence(
  { route, depth, effective }: { route: Route; depth: number; effective: Effective },
  channels: Channels,
): string {
  const which =
    depth === 0
      ? route.routes.length === 0
        ? "All alerts"
        : "All other alerts"
      : route.routes.length === 0
        ? `Alerts with ${matchersWords(route.matchers)}`
        : `Other alerts with ${matchersWords(route.matchers)}`;
  const whom = channelWords(effective.channelIds, channels, everyChannel);
  const escalation = escalationWords(effective.escalation, channels);
  const said = [
    `${which} go to ${whom}, ${groupWords(effective.groupBy)}: ${timesWords(effective)}${escalation ? `; ${escalation}` : ""}.`,
  ];
  if (effective.quiet.length > 0) said.push(`Nobody is told ${listWords(effective.quiet.map(windowWords))}.`);
  if (route.continue) said.push("The branches after it are asked too.");
  return said.join(" ");
}

/** "While an alert with kind = outage fires, those with kind = offline and the same host are not told." */
export function inhibitionSentence({ source, target, equal }: Inhibition): string {
  const same = equal.length === 0 ? "" : ` and the same ${listWords(equal)}`;
  return `While an alert with ${matchersWords(source)} fires, those with ${matchersWords(target)}${same} are not told.`;
}
