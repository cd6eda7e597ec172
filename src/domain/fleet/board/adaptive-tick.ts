/** Least time between two frames: with beats only, and with what a fact tells, which somebody may be waiting for. */
const leastMs = { beats: 5, facts: 1 };
const mostMs = 100;
/** Nobody watches: frames are only made so that someone who comes back finds the ones missed. */
export const idleTickMs = 100;
/** Share of one core that handing frames to watchers may take, and what is left of it when the core is full. */
const mostShare = { beats: 0.15, facts: 0.3 };
const leastShare = 0.05;
/** The process is taken for busy from so much of its time on. */
const busyFrom = 0.6;
/** Weight of the newest report: a few dozen of them move the tick, one slow frame does not. */
const weight = 0.1;

export type TickKind = keyof typeof leastMs;

/**
 * The smallest tick, up to 100 ms, at which fan-out stays under its share of a core; less when the process has little
 * time left, since then frames would wait behind each other.
 */
export class AdaptiveTick {
  #costMs = 0;
  #busy = 0;

  /** `cpuMs`: CPU that one frame took to be handed to all its watchers. */
  report(cpuMs: number): void {
    this.#costMs += (cpuMs - this.#costMs) * weight;
  }

  /** `busy`: which share of its time the process has been working of late, 0 to 1. */
  reportBusy(busy: number): void {
    this.#busy = busy;
  }

  /** Time from one frame to the next, in ms. */
  ms(kind: TickKind): number {
    const over = Math.max(0, this.#busy - busyFrom) / (1 - busyFrom);
    const share = mostShare[kind] - (mostShare[kind] - leastShare) * over;
    return Math.min(mostMs, Math.max(leastMs[kind], this.#costMs / share));
  }
}
