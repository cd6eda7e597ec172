import type { Clock } from "@/platform/clock";

/** An agent that beats, logs and reports stays far below: this is for one that went mad. */
const perSecond = 100;
const burst = 300;

/** How many messages a connection may send: a bucket that refills by itself. */
export class RateGuard {
  private left = burst;
  private filledAtMs: number;

  constructor(private readonly clock: Clock) {
    this.filledAtMs = clock.monotonicMs();
  }

  take(): boolean {
    const nowMs = this.clock.monotonicMs();
    this.left = Math.min(burst, this.left + ((nowMs - this.filledAtMs) / 1_000) * perSecond);
    this.filledAtMs = nowMs;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
