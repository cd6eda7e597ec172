import { encodeAgents, mostDetailedAgents } from "@/contracts/wire/board-codec";
import type { Snapshot } from "@/contracts/wire/browser";
import type { Picture } from "./picture";

/** The whole picture as of frame `seq`: 10,000 agents stay under 200 kB gzipped and a few ms of work. */
export function encodeSnapshot(picture: Picture, epoch: string, seq: number, t: number): Snapshot {
  const detailed = picture.agents.size <= mostDetailedAgents;
  return {
    epoch,
    seq,
    t,
    ...encodeAgents(picture.agents.values(), t, detailed),
    commands: [...picture.commands.values()],
    alerts: [...picture.alerts.values()],
    notices: [...picture.notices.values()],
  };
}
