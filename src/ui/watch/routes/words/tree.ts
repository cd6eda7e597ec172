import type { AlertPolicy, Route } from "@/contracts/watch/policy";
import { defaultRouteTimes, plainRoute } from "@/contracts/watch/policy";

/** What holds at a branch: its own words, and what it inherits. */
export type Effective = Required<
  Pick<Route, "channelIds" | "quiet"> & {
    groupBy: string[];
    waitMs: number;
    intervalMs: number;
    repeatMs: number;
    escalation: NonNullable<Route["escalation"]>;
  }
>;

export interface Placed {
  route: Route;
  /** 0 for the root. */
  depth: number;
  /** Its branch above; null for the root. */
  parent: Route | null;
  /** Place among its siblings, and how many they are. */
  at: number;
  of: number;
  effective: Effective;
}

function effectiveOf(route: Route, above: Effective | null): Effective {
  const from = above ?? {
    ...defaultRouteTimes,
    channelIds: [],
    groupBy: ["rule"],
    escalation: [],
    quiet: [],
  };
  return {
    channelIds: route.channelIds.length > 0 ? route.channelIds : from.channelIds,
    groupBy: route.groupBy ?? from.groupBy,
    waitMs: route.waitMs ?? from.waitMs,
    intervalMs: route.intervalMs ?? from.intervalMs,
    repeatMs: route.repeatMs ?? from.repeatMs,
    quiet: route.quiet.length > 0 ? route.quiet : from.quiet,
    escalation: route.escalation ?? from.escalation,
  };
}

/** The tree in the order in which it is asked: a branch after those inside it, the root last of all. */
export function inAskedOrder(root: Route): Placed[] {
  const walk = (
    route: Route,
    place: Omit<Placed, "route" | "effective">,
    above: Effective | null,
  ): Placed[] => {
    const effective = effectiveOf(route, above);
    const inside = route.routes.flatMap((child, at) =>
      walk(child, { depth: place.depth + 1, parent: route, at, of: route.routes.length }, effective),
    );
    return [...inside, { route, ...place, effective }];
  };
  return walk(root, { depth: 0, parent: null, at: 0, of: 1 }, null);
}

/** The tree with one branch replaced by what `change` makes of it; null takes it away. The root cannot be taken away. */
export function withRoute(root: Route, id: string, change: (route: Route) => Route | null): Route {
  if (root.id === id) return change(root) ?? root;
  const walk = (routes: readonly Route[]): Route[] =>
    routes.flatMap((route) => {
      if (route.id !== id) return { ...route, routes: walk(route.routes) };
      return change(route) ?? [];
    });
  return { ...root, routes: walk(root.routes) };
}

/** A branch one place earlier (-1) or later (1) among its siblings; at the edge nothing changes. */
export function moved(root: Route, id: string, by: -1 | 1): Route {
  const parent = inAskedOrder(root).find(({ route }) => route.id === id)?.parent;
  if (!parent) return root;
  return withRoute(root, parent.id, (route) => {
    const from = route.routes.findIndex((child) => child.id === id);
    const child = route.routes[from];
    const to = from + by;
    if (!child || to < 0 || to >= route.routes.length) return route;
    return { ...route, routes: route.routes.toSpliced(from, 1).toSpliced(to, 0, child) };
  });
}

/** An id from a name, that no other has: "night-shift", "night-shift-2". */
export function freshId(name: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 32);
  const base = plain || "branch";
  if (!known.has(base)) return base;
  let count = 2;
  while (known.has(`${base}-${count}`)) count += 1;
  return `${base}-${count}`;
}

export function routeIds(policy: AlertPolicy): string[] {
  return inAskedOrder(policy.root).map(({ route }) => route.id);
}

export function newRoute(id: string): Route {
  return {
    ...plainRoute,
    id,
    name: "",
    matchers: [{ label: "severity", op: "=", value: "critical" }],
  };
}
