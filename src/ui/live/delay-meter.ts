interface Sample {
  atMs: number;
  medianMs: number;
  worstMs: number;
}

const medianOverMs = 60_000;
const worstOverMs = 5_000;

export interface Delay {
  /** Median of the last minute. */
  medianMs: number;
  /** Worst of the last five seconds; the median's where nothing came in them. */
  worstMs: number;
}

/** Delay from agent to screen, gathered a frame at a time: bounded by a minute of frames, thinned to one in 50 ms. */
export class DelayMeter {
  private samples: Sample[] = [];

  /** `delaysMs` of the beats that were just painted. */
  add(atMs: number, delaysMs: readonly number[]): void {
    if (delaysMs.length === 0) return;
    const sorted = [...delaysMs].sort((one, other) => one - other);
    const medianMs = sorted[sorted.length >> 1] ?? 0;
    const worstMs = sorted.at(-1) ?? 0;
    const last = this.samples.at(-1);
    if (last && atMs - last.atMs < 50) {
      last.worstMs = Math.max(last.worstMs, worstMs);
      return;
    }
    this.samples.push({ atMs, medianMs, worstMs });
    const oldest = this.samples[0];
    if (oldest && atMs - oldest.atMs > medianOverMs * 1.5) {
      this.samples = this.samples.filter((sample) => atMs - sample.atMs <= medianOverMs);
    }
  }

  read(nowMs: number): Delay | null {
    const recent = this.samples.filter((sample) => nowMs - sample.atMs <= medianOverMs);
    if (recent.length === 0) return null;
    const medians = recent.map(({ medianMs }) => medianMs).sort((one, other) => one - other);
    const medianMs = medians[medians.length >> 1] ?? 0;
    const fresh = recent.filter((sample) => nowMs - sample.atMs <= worstOverMs);
    return { medianMs, worstMs: fresh.length ? Math.max(...fresh.map(({ worstMs }) => worstMs)) : medianMs };
  }

  forget(): void {
    this.samples = [];
  }
}
