import { detailColumns, encodeAgentRow, leanColumns, Words } from "@/contracts/wire/board-codec";
import type { Snapshot } from "@/contracts/wire/browser";
import type { Picture } from "./picture";

/** Up to so many agents the snapshot carries every column; beyond it would weigh too much for a first paint. */
export const mostDetailedAgents = 1_000;

/** The whole picture as of frame `seq`: 10,000 agents stay under 200 kB gzipped and a few ms of work. */
export function encodeSnapshot(picture: Picture, epoch: string, seq: number, t: number): Snapshot {
  const detailed = picture.agents.size <= mostDetailedAgents;
  const words = new Words();
  const rows: unknown[][] = [];
  for (const entry of picture.agents.values()) {
    rows.push(encodeAgentRow(entry.ix, entry.agent, entry, t, words, detailed));
  }
  return {
    epoch,
    seq,
    t,
    words: words.list,
    columns: detailed ? [...leanColumns, ...detailColumns] : leanColumns,
    rows,
    commands: [...picture.commands.values()],
    alerts: [...picture.alerts.values()],
    notices: [...picture.notices.values()],
  };
}
