import type { Command } from "@/contracts/fleet/command";
import type { EncodedAgent } from "./board-codec";
import type { BoardAlert } from "./board-fold";

/** The board as it is in the server's memory at `t`, ms of its clock. Ended commands and alerts are in it too. */
export type BoardView = {
  t: number;
  agents: ReadonlyMap<string, EncodedAgent>;
  commands: ReadonlyMap<string, Command>;
  alerts: ReadonlyMap<string, BoardAlert>;
};
