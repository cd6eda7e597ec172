import type { AlertPolicy, Inhibition, Route } from "@/contracts/watch/policy";
import { type Difference, same } from "../../rules/words/differences";
import { channelWords } from "../../words/channel-words";
import { listWords } from "../../words/list-words";
import { matchersWords } from "../../words/matcher-words";
import { spanWords } from "../../words/span-words";
import { windowWords } from "../../words/window-words";
import { escalationWords, groupWords, inhibitionSentence } from "./route-words";
import { inAskedOrder } from "./tree";

type Channels = readonly { id: string; name: string }[];
const asAbove = "as above it";
const span = (ms: number | null) => (ms === null ? asAbove : spanWords(ms));

const routeFields: {
  field: keyof Route;
  name: string;
  words: (route: Route, channels: Channels) => string;
}[] = [
  { field: "name", name: "name", words: ({ name }) => name },
  { field: "matchers", name: "takes", words: ({ matchers }) => matchersWords(matchers) },
  {
    field: "channelIds",
    name: "tells",
    words: ({ channelIds }, all) => channelWords(channelIds, all, asAbove),
  },
  {
    field: "continue",
    name: "next branches",
    words: (route) => (route.continue ? "asked too" : "not asked"),
  },
  { field: "groupBy", name: "groups", words: ({ groupBy }) => (groupBy ? groupWords(groupBy) : asAbove) },
  { field: "waitMs", name: "gathers", words: ({ waitMs }) => span(waitMs) },
  { field: "intervalMs", name: "news every", words: ({ intervalMs }) => span(intervalMs) },
  { field: "repeatMs", name: "again after", words: ({ repeatMs }) => span(repeatMs) },
  { field: "quiet", name: "quiet hours", words: ({ quiet }) => listWords(quiet.map(windowWords)) || asAbove },
  {
    field: "escalation",
    name: "escalation",
    words: ({ escalation }, all) => (escalation ? escalationWords(escalation, all) || "nobody" : asAbove),
  },
];

function ofRoute(before: Route, after: Route, channels: Channels): Difference[] {
  return routeFields.flatMap(({ field, name, words }) =>
    same(before[field], after[field])
      ? []
      : [
          {
            name: `${after.name || "Branch"}: ${name}`,
            before: words(before, channels),
            after: words(after, channels),
          },
        ],
  );
}

function orderOf(route: Route): string {
  return route.routes.map(({ name }) => name).join(", ");
}

/** What differs between two versions of the routes, branch by branch, in words. */
export function policyDifferences(before: AlertPolicy, after: AlertPolicy, channels: Channels): Difference[] {
  const old = new Map(inAskedOrder(before.root).map(({ route }) => [route.id, route]));
  const now = new Map(inAskedOrder(after.root).map(({ route }) => [route.id, route]));
  const found: Difference[] = [];
  for (const [id, route] of now) {
    const known = old.get(id);
    if (!known) {
      found.push({
        name: `Branch ${route.name}`,
        before: "was not there",
        after: `takes ${matchersWords(route.matchers)}`,
      });
      continue;
    }
    found.push(...ofRoute(known, route, channels));
    const stayed = (one: Route, other: ReadonlyMap<string, Route>) =>
      one.routes.filter(({ id: child }) => other.has(child)).map(({ id: child }) => child);
    if (!same(stayed(known, now), stayed(route, old)))
      found.push({ name: `${route.name}: order`, before: orderOf(known), after: orderOf(route) });
  }
  for (const [id, route] of old)
    if (!now.has(id))
      found.push({
        name: `Branch ${route.name}`,
        before: `took ${matchersWords(route.matchers)}`,
        after: "is gone",
      });
  return [...found, ...ofInhibitions(before.inhibitions, after.inhibitions)];
}

function ofInhibitions(before: readonly Inhibition[], after: readonly Inhibition[]): Difference[] {
  const said = (one: Inhibition | undefined) =>
    one ? `${one.enabled ? "" : "off: "}${inhibitionSentence(one)}` : "not there";
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const old = before.find((one) => one.id === id);
    const now = after.find((one) => one.id === id);
    if (old && now && same(old, now)) return [];
    const name = `Muting “${now?.name ?? old?.name ?? id}”`;
    // Renamed only: then the sentences are equal, and the names are what differs.
    if (old && now && said(old) === said(now)) return [{ name, before: old.name, after: now.name }];
    return [{ name, before: said(old), after: said(now) }];
  });
}
