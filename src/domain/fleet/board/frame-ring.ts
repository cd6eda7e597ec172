import type { Frame } from "@/contracts/wire/browser";

const mostFrames = 512;
/** Some 35 bytes a beat: a few seconds of ten thousand beats each, hours of a small fleet. */
const mostBytes = 4 * 1024 * 1024;

/**
 * The last frames of one account, for watchers that were away for a moment. Bounded by frames and by bytes. Kept as
 * text outside of the heap: as objects they would live just long enough to be copied by every collection, which took
 * an eighth of the process's time at ten thousand beats a second.
 */
export class FrameRing {
  #texts: Buffer[] = [];
  #lastSeq = 0;
  #bytes = 0;

  push(frame: Frame): void {
    const text = Buffer.from(JSON.stringify(frame));
    this.#texts.push(text);
    this.#lastSeq = frame.s;
    this.#bytes += text.length;
    while (this.#texts.length > mostFrames || (this.#bytes > mostBytes && this.#texts.length > 1)) {
      this.#bytes -= this.#texts.shift()?.length ?? 0;
    }
  }

  /** Whether every frame after `seq` is here. */
  reaches(seq: number): boolean {
    return seq <= this.#lastSeq && seq >= this.#lastSeq - this.#texts.length;
  }

  /** Frames after `seq`, oldest first; null when one of them is gone, or was never made. */
  since(seq: number): Frame[] | null {
    if (!this.reaches(seq)) return null;
    const from = this.#texts.length - (this.#lastSeq - seq);
    return this.#texts.slice(from).map((text) => JSON.parse(text.toString()) as Frame);
  }
}
