/** Samples of the last beats; the one with the least time on the way is the truest. */
const keptSamples = 8;
/** The wall clock stepped by more than this against the monotonic one: older samples mean nothing. */
const stepMs = 50;

/** Server clock minus our clock, from four times a beat (as NTP does it). Undefined until the first answer. */
export class ClockOffset {
  private samples: { offsetMs: number; onTheWayMs: number }[] = [];
  private drift: number | undefined;

  /** `sentAt` and `answeredBackAt` by our clock, `receivedAt` and `answeredAt` by the server's; `monotonicMs` now. */
  add(
    sentAt: number,
    receivedAt: number,
    answeredAt: number,
    answeredBackAt: number,
    monotonicMs: number,
  ): void {
    const drift = answeredBackAt - monotonicMs;
    if (this.drift !== undefined && Math.abs(drift - this.drift) > stepMs) this.samples = [];
    this.drift = drift;
    const onTheWayMs = answeredBackAt - sentAt - (answeredAt - receivedAt);
    if (onTheWayMs < 0) return;
    this.samples.push({ offsetMs: (receivedAt - sentAt + (answeredAt - answeredBackAt)) / 2, onTheWayMs });
    this.samples = this.samples.slice(-keptSamples);
  }

  get ms(): number | undefined {
    if (this.samples.length === 0) return undefined;
    return this.samples.reduce((best, sample) => (sample.onTheWayMs < best.onTheWayMs ? sample : best))
      .offsetMs;
  }
}
