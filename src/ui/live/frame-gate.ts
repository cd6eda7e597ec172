import type { Frame } from "@/contracts/wire/browser";

/** Frames that may wait for the snapshot they continue; more than that, and a new snapshot is cheaper. */
const maxWaiting = 2_000;

export type Passage = { pass: readonly Frame[] } | { gap: true };

/**
 * Lets frames through in order, each once. Frames that come before the snapshot wait; repeated ones (a replay after
 * a reconnect) are dropped; a missing number is a gap, and nothing passes until it is filled or a snapshot comes.
 */
export class FrameGate {
  private lastSeq: number | null = null;
  private waiting: Frame[] = [];
  private gapTold = false;

  /** The snapshot stands at `seq`: frames behind it that were waiting may pass now. */
  open(seq: number): Passage {
    this.lastSeq = seq;
    this.gapTold = false;
    const waiting = this.waiting.sort((one, other) => one.s - other.s);
    this.waiting = [];
    const passed: Frame[] = [];
    for (const frame of waiting) {
      const passage = this.take(frame);
      if ("gap" in passage) return passed.length > 0 ? { pass: passed } : passage;
      passed.push(...passage.pass);
    }
    return { pass: passed };
  }

  /** A snapshot is on its way: frames wait for it. */
  close(): void {
    this.lastSeq = null;
    this.waiting = [];
    this.gapTold = false;
  }

  /** Number of the last frame that passed: what `join` tells the server. Null before the first snapshot. */
  get seq(): number | null {
    return this.lastSeq;
  }

  /** The connection is new: a gap found on it may be asked about again. */
  reconnected(): void {
    this.gapTold = false;
  }

  take(frame: Frame): Passage {
    if (this.lastSeq === null) {
      this.waiting.push(frame);
      if (this.waiting.length > maxWaiting) this.waiting.shift();
      return { pass: [] };
    }
    if (frame.s <= this.lastSeq) return { pass: [] };
    if (frame.s > this.lastSeq + 1) {
      // Told once: the replay that fills it brings this frame again.
      if (this.gapTold) return { pass: [] };
      this.gapTold = true;
      return { gap: true };
    }
    this.lastSeq = frame.s;
    this.gapTold = false;
    return { pass: [frame] };
  }
}
