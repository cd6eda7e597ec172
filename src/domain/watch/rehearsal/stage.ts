import type { Ctx } from "@/domain/kernel";
import type { WatchedAgent } from "../observe/observation";
import { Slices } from "../observe/slices";
import type { RuleRow } from "../rules/view";
import type { Outcome } from "./outcome";

/** When nobody watched, and when that was said. */
export type Blind = { from: Date; to: Date; at: Date };

/** An agent as it is now; one that was removed as it was at last. */
export type RehearsedAgent = WatchedAgent & { createdAt: Date; removedAt: Date | null };

/** Everything that a rehearsal of one kind works with. */
export type Stage = {
  ctx: Ctx;
  rule: RuleRow;
  /** `runUp`: from where the judgement begins, so that what is counted and waited for is there at `from`. */
  span: { runUp: Date; from: Date; to: Date };
  /** The same stretch of the log. */
  range: { afterSeq: number; throughSeq: number };
  blind: readonly Blind[];
  /** All agents that there ever were. */
  agents: ReadonlyMap<string, RehearsedAgent>;
  outcome: Outcome;
  bounds: Bounds;
};

/** Ends the work where it is when there was enough of it; how far it came is told by whoever works. */
export class Bounds {
  private readonly slices = new Slices();
  private readonly endsAtMs: number;

  constructor(
    budgetMs: number,
    private readonly signal?: AbortSignal,
  ) {
    this.endsAtMs = performance.now() + budgetMs;
  }

  /** Between pieces of work: lets others have the event loop, and throws when nobody waits for the answer any more. */
  async breathe(): Promise<void> {
    this.signal?.throwIfAborted();
    await this.slices.breathe();
  }

  get over(): boolean {
    return performance.now() >= this.endsAtMs;
  }
}

/** What a kind tells besides its alerts. */
export type Told = {
  notes: string[];
  /** How far back its data reaches; null: as far as was asked. */
  dataFrom: Date | null;
  /** Where it stopped because there was too much; null: at the end. */
  stoppedAt: Date | null;
};

export const nothingTold = (): Told => ({ notes: [], dataFrom: null, stoppedAt: null });
