import type { AlertPolicy, Route } from "@/contracts/watch/policy";
import { faultsOfMatchers } from "../matches";

const mostRoutes = 200;
const mostDepth = 8;

type Fault = { path: string; message: string };

/** What is wrong with a policy, in sentences; `channels` are the ids that exist. Unknown labels are fine. */
export function faultsOfPolicy({ root, inhibitions }: AlertPolicy, channels: ReadonlySet<string>): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  let count = 0;

  if (root.matchers.length > 0) {
    faults.push({
      path: "root.matchers",
      message: "The root takes whatever no branch takes, so it can't have conditions. Put them on a branch.",
    });
  }
  const look = (route: Route, path: string, depth: number) => {
    count++;
    if (depth === mostDepth + 1) {
      faults.push({ path, message: `${route.name} lies deeper than ${mostDepth} levels below the root.` });
    }
    if (seen.has(route.id)) {
      faults.push({
        path: `${path}.id`,
        message: `Two branches have the id ${route.id}. Give each its own.`,
      });
    }
    seen.add(route.id);
    for (const message of faultsOfMatchers(route.matchers))
      faults.push({ path: `${path}.matchers`, message });
    unknown(route.channelIds, `${path}.channelIds`, `The route ${route.name}`);
    for (const [index, step] of (route.escalation ?? []).entries()) {
      unknown(step.channelIds, `${path}.escalation.${index}.channelIds`, `An escalation of ${route.name}`);
    }
    for (const [index, child] of route.routes.entries()) look(child, `${path}.routes.${index}`, depth + 1);
  };
  const unknown = (ids: readonly string[], path: string, who: string) => {
    if (ids.every((id) => channels.has(id))) return;
    faults.push({
      path,
      message: `${who} names a channel that does not exist. Choose among the ones there are.`,
    });
  };
  look(root, "root", 0);
  if (count > mostRoutes) {
    faults.push({
      path: "root",
      message: `${count} branches are too many: at most ${mostRoutes} are possible.`,
    });
  }
  const ids = new Set<string>();
  for (const [index, { id, source, target }] of inhibitions.entries()) {
    const path = `inhibitions.${index}`;
    if (ids.has(id)) faults.push({ path: `${path}.id`, message: `Two inhibitions have the id ${id}.` });
    ids.add(id);
    for (const message of faultsOfMatchers(source)) faults.push({ path: `${path}.source`, message });
    for (const message of faultsOfMatchers(target)) faults.push({ path: `${path}.target`, message });
  }
  return faults;
}
