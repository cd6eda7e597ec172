import type { FactKind } from "@/contracts/facts";

const titles: Partial<Record<FactKind, string>> = {
  "agent.added": "Added",
  "agent.changed": "Changed",
  "agent.removed": "Removed",
  "agent.key_created": "A key was made",
  "agent.key_revoked": "A key was revoked",
  "agent.connected": "Connected with a new session",
  "agent.came_online": "Came online",
  "agent.went_offline": "Went offline",
  "agent.stopped": "Stopped on purpose",
  "agent.got_stuck": "Got stuck: it beats, but makes no progress",
  "agent.got_unstuck": "Makes progress again",
  "agent.lost_sight_of": "Out of sight: Mission Control was cut off",
  "agent.began_change": "A change began",
  "agent.ended_change": "The change ended",
  "agent.crashed": "Crashed",
  "security.agent_refused": "A connection was refused",
};

/** What happened, in the words of a timeline. */
export function factTitle(kind: FactKind): string {
  return titles[kind] ?? kind;
}
