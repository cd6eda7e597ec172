const stepMs = 0.05;
const steps = 400_000;

export type Quantiles = { count: number; p50: number; p99: number; max: number };

/** Latencies in steps of 50 µs up to 20 s: millions of samples cost no memory and no sorting. */
export class Spread {
  private readonly counts = new Uint32Array(steps + 1);
  private total = 0;
  private largest = 0;

  add(ms: number, times = 1): void {
    const step = Math.min(steps, Math.max(0, Math.round(ms / stepMs)));
    this.counts[step] = (this.counts[step] ?? 0) + times;
    this.total += times;
    if (ms > this.largest) this.largest = ms;
  }

  quantiles(): Quantiles {
    return { count: this.total, p50: this.at(0.5), p99: this.at(0.99), max: round(this.largest) };
  }

  private at(share: number): number {
    const wanted = Math.floor((this.total - 1) * share);
    let seen = 0;
    for (let step = 0; step <= steps; step++) {
      seen += this.counts[step] ?? 0;
      if (seen > wanted) return round(step * stepMs);
    }
    return 0;
  }
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
}

export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
}
