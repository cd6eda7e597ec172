import { round, type Spread } from "../measure/spread";
import type { Measured } from "./watchers";

type Entry = { payload: Buffer; arrivals: number[] };

/**
 * What arrived in a window. Every watcher gets the same bytes, so a frame is kept once and read only after the
 * window: reading it while others wait would be counted as their delay.
 */
export class FrameLog {
  private readonly frames = new Map<number, Entry>();
  private gaps = 0;

  arrived(seq: number, atMs: number, payload: Buffer, gap: boolean): void {
    if (gap) this.gaps += 1;
    const entry = this.frames.get(seq);
    if (entry) entry.arrivals.push(atMs);
    else this.frames.set(seq, { payload: Buffer.from(payload), arrivals: [atMs] });
  }

  measure(
    beatsOf: (payload: Buffer) => number[][],
    momentOf: (stamp: number) => number,
    spread: Spread,
  ): Omit<Measured, "resyncs"> {
    let [updates, frames, bytes] = [0, 0, 0];
    for (const { payload, arrivals } of this.frames.values()) {
      const beats = beatsOf(payload);
      frames += arrivals.length;
      bytes += payload.length * arrivals.length;
      updates += beats.length * arrivals.length;
      for (const beat of beats) {
        const sentMs = momentOf(beat[4] ?? 0);
        for (const atMs of arrivals) spread.add(atMs - sentMs);
      }
    }
    const beatsAFrame = round(updates / Math.max(1, frames), 1);
    return { ...spread.quantiles(), updates, frames, bytes, gaps: this.gaps, beatsAFrame };
  }
}
