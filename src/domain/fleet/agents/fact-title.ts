import type { FactKind } from "@/contracts/facts";
import type { CommandKind } from "@/contracts/fleet/command";

const titles: Partial<Record<FactKind, string>> = {
  "agent.added": "Added",
  "agent.changed": "Changed",
  "agent.removed": "Removed",
  "agent.key_created": "A key was made",
  "agent.key_rotated": "A key was rotated",
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
  "agent.config_drifted": "Its configuration is not the one it was given",
  "agent.config_settled": "Runs with the configuration it was given",
  "security.certificate_issued": "A certificate was issued",
  "security.certificate_expiring": "A certificate ends soon",
  "security.certificate_revoked": "A certificate was revoked",
  "security.agent_refused": "A connection was refused",
};

/** What happened, in the words of a timeline. */
export function factTitle(kind: FactKind): string {
  return titles[kind] ?? kind;
}

const commandWords: Record<CommandKind, string> = {
  restart: "Restart",
  kill: "Kill",
  "update-config": "Config update",
  "health-check": "Health check",
  pause: "Pause",
  resume: "Resume",
};

const commandEnds: Partial<Record<FactKind, string>> = {
  "command.requested": "requested",
  "command.succeeded": "done",
  "command.failed": "failed",
  "command.expired": "not done: its time ran out",
  "command.cancelled": "cancelled",
};

/** Facts of commands that a timeline shows; the steps between are on the command itself. */
export const commandFactKinds = Object.keys(commandEnds) as readonly FactKind[];

/** "Restart requested"; null for a fact that is no command's. */
export function commandFactTitle(kind: FactKind, command: CommandKind | undefined): string | null {
  const end = commandEnds[kind];
  return command && end ? `${commandWords[command]} ${end}` : null;
}
