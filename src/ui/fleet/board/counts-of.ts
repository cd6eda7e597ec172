import type { Agent } from "@/contracts/fleet/agent";
import {
  type StatusKey,
  type StatusShapeName,
  type StatusTone,
  statusKey,
  statusLook,
} from "../../status/status-words";

/** One count over the board. Several statuses that mean the same to a reader share one: "Changing". */
export interface CountKind {
  id: string;
  word: string;
  keys: readonly StatusKey[];
  shape: StatusShapeName;
  tone: StatusTone;
}

function single(id: StatusKey): CountKind {
  const { word, shape, tone } = statusLook(id);
  return { id, word, keys: [id], shape, tone };
}

/** In the order in which they stand, worst first. */
export const countKinds: readonly CountKind[] = [
  single("offline"),
  single("stuck"),
  single("waiting"),
  single("unknown"),
  {
    id: "changing",
    word: "Changing",
    keys: ["restarting", "stopping", "updating"],
    shape: "transition",
    tone: "transition",
  },
  single("working"),
  single("idle"),
  single("paused"),
  single("stopped"),
  single("never-connected"),
];

/** Kinds that are left out while nobody is in them: a fleet may never have one. */
const quietKinds = new Set(["never-connected"]);

const kindOfKey = new Map(countKinds.flatMap((kind) => kind.keys.map((key) => [key, kind.id] as const)));

export function countKindOf(agent: Pick<Agent, "status" | "activity">): string {
  return kindOfKey.get(statusKey(agent.status, agent.activity)) ?? "unknown";
}

/** How many agents are in each kind. */
export function countAgents(agents: Iterable<Agent>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const agent of agents) {
    const id = countKindOf(agent);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Kinds to show: all, but the quiet ones only when somebody is in them or the filter names them. */
export function shownKinds(counts: ReadonlyMap<string, number>, chosen: readonly string[]): CountKind[] {
  return countKinds.filter(
    ({ id }) => !quietKinds.has(id) || (counts.get(id) ?? 0) > 0 || chosen.includes(id),
  );
}

/** How many machines the agents run on. */
export function hostsOf(agents: Iterable<Agent>): number {
  const hosts = new Set<string>();
  for (const { host } of agents) if (host !== null) hosts.add(host);
  return hosts.size;
}
