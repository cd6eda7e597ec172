import type { Agent } from "@/contracts/fleet/agent";
import { statusKey, statusLook } from "../../status/status-words";
import { orderRows } from "./order";

export interface PhoneSection {
  id: "now" | "look" | "unsure" | "off" | "fine";
  title: string;
  ids: readonly string[];
}

const titles = {
  now: "Needs a human now",
  look: "Needs a look",
  unsure: "Cannot know, or changing",
  off: "Not running",
  fine: "Fine",
} as const;

function sectionOf(agent: Agent, calls: boolean): PhoneSection["id"] {
  const key = statusKey(agent.status, agent.activity);
  if (key === "offline") return "now";
  if (calls || key === "stuck" || key === "waiting") return "look";
  if (key === "paused" || key === "stopped" || key === "never-connected") return "off";
  return statusLook(key).rank < statusLook("working").rank ? "unsure" : "fine";
}

/** Rows in sections, the worst first; empty sections are left out. `calls`: agents of which an alert does. */
export function phoneSections(
  ids: readonly string[],
  agents: ReadonlyMap<string, Agent>,
  calls: ReadonlySet<string | null>,
): PhoneSection[] {
  const all: Record<PhoneSection["id"], string[]> = { now: [], look: [], unsure: [], off: [], fine: [] };
  for (const id of ids) {
    const agent = agents.get(id);
    if (agent) all[sectionOf(agent, calls.has(id))].push(id);
  }
  const order: PhoneSection["id"][] = ["now", "look", "unsure", "off", "fine"];
  return order
    .filter((id) => all[id].length > 0)
    .map((id) => ({
      id,
      title: titles[id],
      ids: id === "now" ? orderRows(agentsOf(all.now, agents)) : all[id],
    }));
}

function agentsOf(ids: readonly string[], agents: ReadonlyMap<string, Agent>): Agent[] {
  return ids.flatMap((id) => agents.get(id) ?? []);
}
