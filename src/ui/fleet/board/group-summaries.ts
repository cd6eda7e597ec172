import type { Agent } from "@/contracts/fleet/agent";
import type { GroupSummary } from "../../shell/group-list";
import { type StatusKey, statusKey, statusLook } from "../../status/status-words";
import { filterToAddress, noFilter } from "./filter";

/** "group 2" comes before "group 10". */
const byNumber = new Intl.Collator("en", { numeric: true });

/** Groups with how many agents they have and the worst status among them, by name. */
export function groupSummaries(agents: Iterable<Agent>): GroupSummary[] {
  const groups = new Map<string, { count: number; worst: StatusKey }>();
  for (const agent of agents) {
    if (agent.group === null) continue;
    const key = statusKey(agent.status, agent.activity);
    const known = groups.get(agent.group);
    if (!known) groups.set(agent.group, { count: 1, worst: key });
    else {
      known.count += 1;
      if (statusLook(key).rank < statusLook(known.worst).rank) known.worst = key;
    }
  }
  return [...groups]
    .sort(([one], [other]) => byNumber.compare(one, other))
    .map(([name, { count, worst }]) => ({
      name,
      count,
      worst,
      href: `/${filterToAddress({ ...noFilter, groups: [name] })}`,
    }));
}
