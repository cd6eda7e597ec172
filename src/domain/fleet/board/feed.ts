import type { Frame, Snapshot } from "@/contracts/wire/browser";
import type { Ground } from "@/domain/kernel";

/** Settings of a feed. `silentAfterMs`: what evidence says of agents that have not been judged yet. */
export type BoardFeedOptions = { silentAfterMs?: number };

/** Live picture of every account's fleet, and the numbered frames that keep watchers current. */
export declare class BoardFeed {
  static start(ground: Ground, options?: BoardFeedOptions): Promise<BoardFeed>;
  /** Names this picture; frames of another epoch do not continue it. */
  readonly epoch: string;
  snapshot(account: string): Snapshot;
  /** Frames after `seq`, oldest first; null when they are gone and a snapshot is needed. */
  since(account: string, epoch: string, seq: number): Frame[] | null;
  /** Called with each frame of the account. The answer ends it. */
  onFrame(account: string, listener: (frame: Frame) => void): () => void;
  /** Which of the ids are no agents of the account. */
  strangers(account: string, agentIds: readonly string[]): string[];
  /** How long it took to hand one frame to its watchers: the tick grows so that this stays cheap. */
  reportFanOut(ms: number): void;
  stop(): void;
}
