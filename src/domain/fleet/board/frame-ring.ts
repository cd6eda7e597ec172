import type { Frame } from "@/contracts/wire/browser";

const mostFrames = 512;
/** At some 60 bytes a beat in memory: a few MiB an account, however large its frames are. */
const mostBeats = 100_000;
/** A task line, or a change, takes as much memory as so many beats. */
const beatsALine = 5;

/** The last frames of one account, for watchers that were away for a moment. Bounded by frames and by what they hold. */
export class FrameRing {
  #frames: Frame[] = [];
  #beats = 0;

  push(frame: Frame): void {
    this.#frames.push(frame);
    this.#beats += weightOf(frame);
    while (this.#frames.length > mostFrames || (this.#beats > mostBeats && this.#frames.length > 1)) {
      const gone = this.#frames.shift();
      if (gone) this.#beats -= weightOf(gone);
    }
  }

  /** Frames after `seq`, oldest first; null when one of them is gone, or was never made. */
  since(seq: number, lastSeq: number): Frame[] | null {
    if (seq === lastSeq) return [];
    const first = this.#frames[0];
    if (!first || seq > lastSeq || seq < first.s - 1) return null;
    return this.#frames.slice(seq + 1 - first.s);
  }
}

/** In beats. */
const weightOf = ({ b, k, c }: Frame): number =>
  (b?.length ?? 0) + beatsALine * ((k?.length ?? 0) + (c?.length ?? 0));
