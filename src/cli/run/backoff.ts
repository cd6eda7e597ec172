/** Waits that double from `firstMs` to `mostMs`, each between half and all of itself, so that many do not retry in step. */
export class Backoff {
  private tries = 0;

  constructor(
    private readonly firstMs: number,
    private readonly mostMs: number,
    private readonly random: () => number = Math.random,
  ) {}

  next(): number {
    const fullMs = Math.min(this.mostMs, this.firstMs * 2 ** Math.min(this.tries, 30));
    this.tries += 1;
    return Math.round(fullMs * (0.5 + this.random() / 2));
  }

  reset(): void {
    this.tries = 0;
  }
}
