const leastMs = 5;
const mostMs = 100;
/** Nobody watches: frames are only made so that someone who comes back finds the ones missed. */
export const idleTickMs = 100;
/** Share of one core that handing frames to watchers may take. */
const share = 0.15;
/** Weight of the newest frame: a few dozen frames move the tick, one slow frame does not. */
const weight = 0.1;

/** The smallest tick, 5 to 100 ms, at which fan-out stays under 15 % of a core. */
export class AdaptiveTick {
  #costMs = 0;

  /** `cpuMs`: CPU that one frame took to be handed to all its watchers. */
  report(cpuMs: number): void {
    this.#costMs += (cpuMs - this.#costMs) * weight;
  }

  get ms(): number {
    return Math.min(mostMs, Math.max(leastMs, this.#costMs / share));
  }
}
