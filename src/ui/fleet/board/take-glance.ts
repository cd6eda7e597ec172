import type { Agent } from "@/contracts/fleet/agent";
import { encodeAgents, mostDetailedAgents, toldSince } from "@/contracts/wire/board-codec";
import type { BoardView } from "@/contracts/wire/board-view";
import type { Glance } from "../../live/glance";
import { isOpen } from "../action/last-word";
import { countAgents, hostsOf } from "./counts-of";
import { filterFromAddress, filterToAddress, matches } from "./filter";
import { groupSummaries } from "./group-summaries";
import { firstRows, isFine } from "./order";

/** As many rows as most screens show: each is 5 kB of the page, and a millisecond for the server and for the browser. */
const mostRows = 24;

/** What the page at `address` (path and query) says of the board from the start. Runs on the server, over every agent. */
export function takeGlance(view: BoardView, address: string): Glance {
  const [path = "", query] = address.split("?");
  const filter = filterFromAddress(new URLSearchParams(query));
  const agents = agentsAsTold(view);
  const fitting = path === "/" ? agents.filter((agent) => matches(filter, agent)) : [];
  const ids = new Set(firstRows(fitting, mostRows));
  const commands = [...view.commands.values()].filter(isOpen);
  const alerts = [...view.alerts.values()].filter(({ state }) => state === "firing");
  const onRow = ({ agentId }: { agentId: string | null }) => agentId !== null && ids.has(agentId);
  return {
    query: filterToAddress(filter),
    rows: {
      t: view.t,
      // Detailed: few as they are, they may say exactly what the agents said.
      ...encodeAgents(
        [...ids].flatMap((id) => view.agents.get(id) ?? []),
        view.t,
        true,
      ),
      commands: commands.filter(onRow),
      alerts: alerts.filter(onRow),
      // Told in times of the reader's zone, less those that this browser has dismissed: the server knows neither.
      notices: [],
    },
    rowCount: fitting.length,
    agents: agents.length,
    hosts: hostsOf(agents),
    counts: countAgents(agents),
    groups: groupSummaries(agents),
    alerts: alerts.filter(({ muted }) => !muted).length,
    muted: alerts.filter(({ muted }) => muted).length,
    commands: commands.length,
  };
}

/** With the times that the snapshot of a large fleet rounds: ordered by exact ones, rows would move when it comes. */
function agentsAsTold({ agents, t }: BoardView): Agent[] {
  const entries = [...agents.values()];
  if (entries.length <= mostDetailedAgents) return entries.map(({ agent }) => agent);
  return entries.map((entry) =>
    isFine(entry.agent) ? entry.agent : { ...entry.agent, statusSince: toldSince(entry, t, false) },
  );
}
