import type { Clock, Timer } from "./clock";
import type { Log } from "./log";

export interface Loop {
  /** Run soon. During a run it means: once more after this one, however many nudges came. */
  nudge(): void;
  /** Aborts the run's signal and waits for it to end; nothing runs afterwards. */
  stop(): Promise<void>;
}

interface LoopOptions {
  name: string;
  everyMs: number;
  clock: Clock;
  log: Log;
  /** So long after a run that was asked for, further asking gathers: many small turns cost more than a few. 0 unless said. */
  restMs?: number;
  run(signal: AbortSignal): Promise<void>;
}

/** The longest wait after failures. */
export const longestBackoffMs = 5_000;
const firstBackoffMs = 100;

/**
 * Runs at once, then `everyMs` after the end of each run, and at a nudge, which waits for what is left of a rest. Runs
 * never overlap. After an error it waits longer each time (at most 5 s, nudges included), so that a database that is away
 * is not hammered.
 */
export function startLoop({ name, everyMs, clock, log, restMs = 0, run }: LoopOptions): Loop {
  const stopping = new AbortController();
  let timer: Timer | undefined;
  let current: Promise<void> | undefined;
  let nudged = false;
  let failures = 0;
  let restsUntilMs = Number.NEGATIVE_INFINITY;

  function schedule(delayMs: number): void {
    timer?.cancel();
    timer = clock.setTimeout(begin, delayMs);
  }

  function begin(): void {
    if (stopping.signal.aborted || current) return;
    timer?.cancel();
    const asked = nudged;
    nudged = false;
    current = once().finally(() => {
      current = undefined;
      if (asked) restsUntilMs = clock.monotonicMs() + restMs;
      if (stopping.signal.aborted) return;
      if (failures > 0) schedule(Math.min(longestBackoffMs, firstBackoffMs * 2 ** (failures - 1)));
      else if (nudged) beginRested();
      else schedule(everyMs);
    });
  }

  function beginRested(): void {
    const leftMs = restsUntilMs - clock.monotonicMs();
    if (leftMs > 0) schedule(leftMs);
    else begin();
  }

  async function once(): Promise<void> {
    try {
      await run(stopping.signal);
      failures = 0;
    } catch (error) {
      if (stopping.signal.aborted) return;
      failures += 1;
      log.error({ err: error, loop: name, failures }, "A loop's run failed; it is tried again.");
    }
  }

  begin();
  return {
    nudge() {
      nudged = true;
      if (!current && failures === 0) beginRested();
    },
    async stop() {
      stopping.abort();
      timer?.cancel();
      await current;
    },
  };
}
