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
  run(signal: AbortSignal): Promise<void>;
}

const longestBackoffMs = 5_000;
const firstBackoffMs = 100;

/**
 * Runs at once, then `everyMs` after the end of each run, and at a nudge. Runs never overlap. After an error it
 * waits longer each time (at most 5 s, nudges included), so that a database that is away is not hammered.
 */
export function startLoop({ name, everyMs, clock, log, run }: LoopOptions): Loop {
  const stopping = new AbortController();
  let timer: Timer | undefined;
  let current: Promise<void> | undefined;
  let nudged = false;
  let failures = 0;

  function schedule(delayMs: number): void {
    timer?.cancel();
    timer = clock.setTimeout(begin, delayMs);
  }

  function begin(): void {
    if (stopping.signal.aborted || current) return;
    timer?.cancel();
    nudged = false;
    current = once().finally(() => {
      current = undefined;
      if (stopping.signal.aborted) return;
      if (failures > 0) schedule(Math.min(longestBackoffMs, firstBackoffMs * 2 ** (failures - 1)));
      else if (nudged) begin();
      else schedule(everyMs);
    });
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
      if (!current && failures === 0) begin();
    },
    async stop() {
      stopping.abort();
      timer?.cancel();
      await current;
    },
  };
}
