interface Sample {
  roundTripMs: number;
  offsetMs: number;
}

const kept = 8;

/**
 * How far the server's clock is ahead of this browser's, as NTP does it: of the last few questions the one with the
 * shortest way there and back is believed, since the wait sits in the long ones.
 */
export class ClockOffset {
  private samples: Sample[] = [];

  /** Times of the browser in ms before and after; `serverMs` is what the server said between them. */
  add(askedAtMs: number, serverMs: number, answeredAtMs: number): void {
    const roundTripMs = answeredAtMs - askedAtMs;
    if (roundTripMs < 0 || !Number.isFinite(serverMs)) return;
    this.samples = [
      ...this.samples.slice(1 - kept),
      { roundTripMs, offsetMs: serverMs - (askedAtMs + roundTripMs / 2) },
    ];
  }

  get known(): boolean {
    return this.samples.length > 0;
  }

  get ms(): number {
    let best: Sample | undefined;
    for (const sample of this.samples) if (!best || sample.roundTripMs < best.roundTripMs) best = sample;
    return best?.offsetMs ?? 0;
  }

  /** After sleep or a step of the clock the old samples are about another time. */
  forget(): void {
    this.samples = [];
  }
}
