import type { Clock } from "@/platform/clock";
import { createIds, type Ids } from "@/platform/ids";

/** Ids from a counting generator: the same seed gives the same ids, secrets and chances. Never for real secrets. */
export function fakeIds(clock: Clock, seed = 1): Ids {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
  return createIds(
    () => clock.now().getTime(),
    (count) => Buffer.from(Array.from({ length: count }, next)),
    () => next() / 256,
  );
}
