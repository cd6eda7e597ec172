import { mostNumbers } from "@/contracts/fleet/metric-name";

/** What was not told anew for so long is not reported any more, so that a program that fell silent looks like one. */
const keptMs = 5 * 60_000;

/** Numbers that the program tells by `::metric` lines: the last word of each goes into every beat. */
export class Numbers {
  private readonly told = new Map<string, { value: number; atMs: number }>();
  private tooMany = false;

  constructor(
    private readonly nowMs: () => number,
    private readonly onTooMany: (name: string) => void,
  ) {}

  set(name: string, value: number): void {
    this.forgetOld();
    if (!this.told.has(name) && this.told.size >= mostNumbers) {
      if (!this.tooMany) this.onTooMany(name);
      this.tooMany = true;
      return;
    }
    this.told.set(name, { value, atMs: this.nowMs() });
  }

  /** A new program begins from nothing. */
  forget(): void {
    this.told.clear();
  }

  /** For a beat; undefined when there are none. */
  report(): Record<string, number> | undefined {
    this.forgetOld();
    if (this.told.size === 0) return undefined;
    return Object.fromEntries([...this.told].map(([name, { value }]) => [name, value]));
  }

  private forgetOld(): void {
    const before = this.nowMs() - keptMs;
    for (const [name, { atMs }] of this.told) if (atMs < before) this.told.delete(name);
  }
}
