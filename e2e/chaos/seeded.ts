/** How many tries of each fault: few in `npm test`, many by `npm run test:chaos -- --tries N`. */
export const tries = Number(process.env.MC_CHAOS_TRIES ?? "1");

/** Seed of every random choice; printed, so that a failed run can be run again. */
export const seed = Number(process.env.MC_CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** mulberry32: small, fast, and the same on every machine. */
export function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
