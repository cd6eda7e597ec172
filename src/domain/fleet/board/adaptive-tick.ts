const leastMs = 5;
const mostMs = 100;
/** Nobody watches: frames are only made so that someone who comes back finds the ones missed. */
export const idleTickMs = 100;
/** Share of one core that handing frames to watchers may take, and what is left of it when the core is full. */
const mostShare = 0.15;
const leastShare = 0.05;
/** The process is taken for busy from so much of its time on. */
const busyFrom = 0.6;
/** Weight of the newest frame: a few dozen frames move the tick, one slow frame does not. */
const weight = 0.1;

/**
 * The smallest tick, 5 to 100 ms, at which fan-out stays under 15 % of a core; less when the process has little time
 * left, since then frames would wait behind each other.
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

  get ms(): number {
    const over = Math.max(0, this.#busy - busyFrom) / (1 - busyFrom);
    const share = mostShare - (mostShare - leastShare) * over;
    return Math.min(mostMs, Math.max(leastMs, this.#costMs / share));
  }
}
