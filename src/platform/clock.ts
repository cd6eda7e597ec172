/** A timer that can be called off; cancelling one that has fired is harmless. */
export interface Timer {
  cancel(): void;
}

/**
 * The only source of time. `now` is the wall clock: for people and for rows, it may jump. `monotonicMs` never goes
 * back: for durations and deadlines. Timers keep the process alive for no longer than a turn; `sleep` does, because someone
 * awaits it.
 */
export interface Clock {
  now(): Date;
  /** `now` in ms, for what is asked thousands of times a second: a date is an object that has to be made and cleared. */
  nowMs(): number;
  monotonicMs(): number;
  /** With 0 or less: as soon as what this turn of the event loop began is on its way. */
  setTimeout(fn: () => void, ms: number): Timer;
  setInterval(fn: () => void, ms: number): Timer;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimeout(fn, ms) {
    // Node makes a millisecond of nothing. Not unreferenced: the loop would go to sleep with it still to be run.
    if (ms <= 0) {
      const soon = setImmediate(fn);
      return { cancel: () => clearImmediate(soon) };
    }
    const timer = setTimeout(fn, ms);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
  setInterval(fn, ms) {
    const timer = setInterval(fn, ms);
    timer.unref();
    return { cancel: () => clearInterval(timer) };
  },
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      }, ms);
      signal?.addEventListener("abort", onAbort, { once: true });
    }),
};
