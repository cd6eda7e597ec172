type Waiter = { sinceMs: number; settle: (done: boolean) => void };

/**
 * Those who wait for the same thing: answered together, or one by one when they have waited too long; in the order of
 * their coming. Nearly always it is one, which needs no list of its own: what waits for the disk, ten thousand times a
 * second, is what the garbage collector has to copy.
 */
export class Waiters {
  private sinceMs = 0;
  private first: Waiter["settle"] | null = null;
  private later: Waiter[] | null = null;

  /** `settle` must not throw. */
  add(sinceMs: number, settle: Waiter["settle"]): void {
    if (this.first) {
      this.later ??= [];
      this.later.push({ sinceMs, settle });
    } else {
      this.sinceMs = sinceMs;
      this.first = settle;
    }
  }

  settle(done: boolean): void {
    const { first, later } = this;
    this.first = this.later = null;
    first?.(done);
    if (later) for (const waiter of later) waiter.settle(done);
  }

  /** Those of `other` came before the own ones. */
  takeOver(other: Waiters): void {
    const all = [...other.takeAll(), ...this.takeAll()];
    for (const { sinceMs, settle } of all) this.add(sinceMs, settle);
  }

  /** Answers false to those who wait since before `beforeMs`. */
  expire(beforeMs: number): void {
    while (this.first && this.sinceMs < beforeMs) {
      const [oldest, ...others] = this.takeAll();
      for (const { sinceMs, settle } of others) this.add(sinceMs, settle);
      oldest?.settle(false);
    }
  }

  private takeAll(): Waiter[] {
    const { sinceMs, first, later } = this;
    this.first = this.later = null;
    return first ? [{ sinceMs, settle: first }, ...(later ?? [])] : [];
  }
}
