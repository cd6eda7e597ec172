import type { Clock } from "@/platform/clock";

export interface FakeClock extends Clock {
  /** Moves both clocks on, running what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Steps the wall clock alone, as an administrator or NTP does. */
  setWall(date: Date): void;
}

interface Pending {
  dueMs: number;
  order: number;
  fire(): void;
}

/** Lets promise chains run, also those that pass through real I/O callbacks already queued. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is told to move. */
export function fakeClock(start: Date | string = "2026-01-01T00:00:00.000Z"): FakeClock {
  let monotonic = 0;
  let wallOffset = new Date(start).getTime();
  let order = 0;
  const pending = new Set<Pending>();

  function add(dueMs: number, fire: () => void): Pending {
    const entry = { dueMs, order: order++, fire };
    pending.add(entry);
    return entry;
  }

  function nextDue(limitMs: number): Pending | undefined {
    let next: Pending | undefined;
    for (const entry of pending) {
      if (entry.dueMs > limitMs) continue;
      if (!next || entry.dueMs < next.dueMs || (entry.dueMs === next.dueMs && entry.order < next.order)) {
        next = entry;
      }
    }
    return next;
  }

  const clock: FakeClock = {
    now: () => new Date(wallOffset + monotonic),
    nowMs: () => wallOffset + monotonic,
    monotonicMs: () => monotonic,
    setTimeout(fn, ms) {
      const entry = add(monotonic + Math.max(0, ms), fn);
      return { cancel: () => pending.delete(entry) };
    },
    setInterval(fn, ms) {
      const stepMs = Math.max(1, ms);
      let entry: Pending;
      const fire = () => {
        entry = add(entry.dueMs + stepMs, fire);
        fn();
      };
      entry = add(monotonic + stepMs, fire);
      return { cancel: () => pending.delete(entry) };
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const entry = add(monotonic + Math.max(0, ms), () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        });
        const onAbort = () => {
          pending.delete(entry);
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", onAbort, { once: true });
      }),
    async advance(ms) {
      const target = monotonic + ms;
      await settle();
      for (let entry = nextDue(target); entry; entry = nextDue(target)) {
        pending.delete(entry);
        monotonic = Math.max(monotonic, entry.dueMs);
        entry.fire();
        await settle();
      }
      monotonic = target;
    },
    setWall(date) {
      wallOffset = date.getTime() - monotonic;
    },
  };
  return clock;
}
