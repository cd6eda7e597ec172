import type { Clock } from "@/platform/clock";

/** Least time of an answer about a credential. */
export const floorMs = 300;

/** Answers no sooner than the floor, whether the work succeeds or throws: the time must not tell whether a user exists. */
export async function unhurried<Result>(clock: Clock, work: () => Promise<Result>): Promise<Result> {
  const startMs = clock.monotonicMs();
  try {
    return await work();
  } finally {
    const leftMs = floorMs - (clock.monotonicMs() - startMs);
    if (leftMs > 0) await clock.sleep(leftMs);
  }
}
