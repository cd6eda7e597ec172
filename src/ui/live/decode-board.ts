import type { Command } from "@/contracts/fleet/command";
import { decodeAgents } from "@/contracts/wire/board-codec";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import type { BoardRows } from "./glance";
import type { BoardStart } from "./picture";

/** The snapshot's columns as objects. The server made them from the same contracts, so they are not parsed again. */
export function decodeBoard(snapshot: BoardRows): BoardStart {
  return {
    agents: decodeAgents(snapshot),
    commands: snapshot.commands as Command[],
    alerts: snapshot.alerts as BoardAlert[],
    notices: snapshot.notices,
  };
}
