import type { Labels } from "@/contracts/watch/matcher";
import { type AlertPolicy, defaultRouteTimes, type Route } from "@/contracts/watch/policy";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { matches } from "../matches";
import { dropped, passed, type Verdict, type World } from "./stage";

/** A branch with everything that it inherits filled in. */
export type EffectiveRoute = {
  /** Id of the branch; of a rule that names its channels itself `rule:<id>`, or `rule:<id>/<branch>` below the root. */
  id: string;
  /** From below the root down: `Critical › Database`. */
  name: string;
  /** Empty: every channel that is switched on. */
  channelIds: readonly string[];
  groupBy: readonly string[];
  waitMs: number;
  intervalMs: number;
  repeatMs: number;
  quiet: readonly TimeWindow[];
  /** Soonest first. */
  escalation: readonly { afterMs: number; channelIds: readonly string[] }[];
};

/** A rule, as far as it decides who is told. */
export type RoutedRule = { id: string; name: string; channelIds: readonly string[] };

const aboveRoot: EffectiveRoute = {
  id: "",
  name: "",
  channelIds: [],
  groupBy: ["rule"],
  ...defaultRouteTimes,
  quiet: [],
  escalation: [],
};

/** What is null or empty is the parent's. */
function inherit(route: Route, parent: EffectiveRoute): EffectiveRoute {
  const steps = route.escalation ?? parent.escalation;
  return {
    id: route.id,
    name: parent.id === "" ? route.name : parent.name === "" ? route.name : `${parent.name} › ${route.name}`,
    channelIds: route.channelIds.length > 0 ? route.channelIds : parent.channelIds,
    groupBy: route.groupBy ?? parent.groupBy,
    waitMs: route.waitMs ?? parent.waitMs,
    intervalMs: route.intervalMs ?? parent.intervalMs,
    repeatMs: route.repeatMs ?? parent.repeatMs,
    quiet: route.quiet.length > 0 ? route.quiet : parent.quiet,
    escalation: [...steps].sort((a, b) => a.afterMs - b.afterMs),
  };
}

/** The root, which takes what no branch takes. Its name is not part of its branches' names. */
export function rootRoute(policy: AlertPolicy): EffectiveRoute {
  return inherit(policy.root, aboveRoot);
}

/** Every branch by its id, and those of rules that name their channels, made when they are asked for. */
export function routesById(
  policy: AlertPolicy,
  rules: ReadonlyMap<string, RoutedRule>,
): Pick<ReadonlyMap<string, EffectiveRoute>, "get"> {
  const found = new Map<string, EffectiveRoute>();
  const collect = (route: Route, parent: EffectiveRoute) => {
    const own = inherit(route, parent);
    found.set(own.id, own);
    for (const child of route.routes) collect(child, belowOf(route, own, policy));
  };
  collect(policy.root, aboveRoot);
  const get = (id: string) => {
    const [, ruleId = "", branchId = policy.root.id] = /^rule:([^/]+)(?:\/(.+))?$/.exec(id) ?? [];
    const rule = rules.get(ruleId);
    const branch = found.get(branchId);
    if (!rule) return found.get(id);
    return branch && rule.channelIds.length > 0 ? ofRule(branch, rule, policy) : undefined;
  };
  return { get };
}

const belowOf = (route: Route, own: EffectiveRoute, policy: AlertPolicy): EffectiveRoute =>
  route === policy.root ? { ...own, name: "" } : own;

/** A rule that names channels is told there, and in all else as the branch would: when, how often, how far it escalates. */
function ofRule(
  branch: EffectiveRoute,
  { id, name, channelIds }: RoutedRule,
  policy: AlertPolicy,
): EffectiveRoute {
  return {
    ...branch,
    id: branch.id === policy.root.id ? `rule:${id}` : `rule:${id}/${branch.id}`,
    name: `${branch.name}, to the channels of the rule ${name}`,
    channelIds,
  };
}

/**
 * Where an alert with these labels is told: down the ordered tree into the first branch that fits (and into the next
 * ones after a branch that says `continue`); where no branch below fits, the branch itself.
 */
export function routesOf(policy: AlertPolicy, labels: Labels, rule: RoutedRule | null): EffectiveRoute[] {
  const descend = (route: Route, parent: EffectiveRoute): EffectiveRoute[] => {
    const own = inherit(route, parent);
    const found: EffectiveRoute[] = [];
    for (const child of route.routes) {
      if (!matches(child.matchers, labels)) continue;
      found.push(...descend(child, belowOf(route, own, policy)));
      if (!child.continue) break;
    }
    return found.length > 0 ? found : [own];
  };
  const taken = descend(policy.root, aboveRoot);
  return rule && rule.channelIds.length > 0 ? taken.map((branch) => ofRule(branch, rule, policy)) : taken;
}

/** Channels of the route that are there and switched on. */
export function targetsOf({ channelIds }: EffectiveRoute, { channels }: Pick<World, "channels">): string[] {
  if (channelIds.length === 0) return [...channels.keys()];
  return [...new Set(channelIds)].filter((id) => channels.has(id));
}

/** The stage: by which route it goes, or that nobody is at the end of it. */
export function route(taken: EffectiveRoute, world: Pick<World, "channels">): Verdict {
  if (targetsOf(taken, world).length > 0) return passed("route", `By the route ${taken.name}`);
  return dropped("route", `The route ${taken.name} has no channel that is switched on`);
}
