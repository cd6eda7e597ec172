import type { Snapshot } from "@/contracts/wire/browser";
import type { GroupSummary } from "../shell/group-list";

/** Rows of a board, in the columns of a snapshot; which frame they belong to does not matter, as none continues them. */
export type BoardRows = Omit<Snapshot, "epoch" | "seq">;

/**
 * What a page shows of the board before any script of it runs: drawn by the server with the page, and drawn once more
 * by the browser from the same data, so that nothing moves. The first snapshot takes its place.
 */
export interface Glance {
  /** The board's query whose rows these are; another filter has to wait for the snapshot. */
  query: string;
  /** The first rows, worst first; empty where the page is not the board. */
  rows: BoardRows;
  /** How many rows there are with the ones that did not come along. */
  rowCount: number;
  agents: number;
  hosts: number;
  /** How many agents are in each kind of count. */
  counts: ReadonlyMap<string, number>;
  groups: readonly GroupSummary[];
  /** Firing now: told to somebody, and muted. */
  alerts: number;
  muted: number;
  /** Under way. */
  commands: number;
}
