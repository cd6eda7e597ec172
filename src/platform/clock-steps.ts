import type { Clock } from "./clock";

/** Less is how clocks are kept right all the time, and says nothing. */
const leastStepMs = 2_000;
/** What was measured and written before the step was seen is gone by then. */
const settledAfterMs = 5_000;

export type ClockSteps = {
  /**
   * Calls `move` when the wall clock was set since the last time, with by how much (ms, forward positive). Rejects as
   * it does; it is then called again the next time.
   */
  follow(move: (stepMs: number) => Promise<void>): Promise<void>;
  /** No step lies close behind, nor one that was not followed yet: differences of two times mean something. */
  settled(): boolean;
};

/**
 * Notices that somebody set the wall clock, or that the machine slept: it moved on by another time than the monotonic
 * clock did. Moments that are stored for later were meant as durations; whoever keeps them moves them along.
 */
export function watchClockSteps(clock: Pick<Clock, "nowMs" | "monotonicMs">): ClockSteps {
  const apart = () => clock.nowMs() - clock.monotonicMs();
  let knownMs = apart();
  let steppedAtMs = Number.NEGATIVE_INFINITY;
  return {
    async follow(move) {
      const apartMs = apart();
      const stepMs = Math.round(apartMs - knownMs);
      if (Math.abs(stepMs) >= leastStepMs) {
        await move(stepMs);
        steppedAtMs = clock.monotonicMs();
      }
      // Also when it is small: slow corrections never add up to a step.
      knownMs = apartMs;
    },
    settled: () =>
      Math.abs(apart() - knownMs) < leastStepMs && clock.monotonicMs() - steppedAtMs >= settledAfterMs,
  };
}
