/** CLOCK_MONOTONIC in ms: the same clock in every process of this machine. */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** A moment as a number of 10 µs since `baseMs`, to travel as the KiB of memory in a beat and come back in a frame. */
export const stampOf = (ms: number, baseMs: number): number => Math.max(1, Math.round((ms - baseMs) * 100));
export const momentOf = (stamp: number, baseMs: number): number => baseMs + stamp / 100;

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
