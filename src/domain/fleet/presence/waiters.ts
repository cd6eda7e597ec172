/** Those who wait for the same thing: answered together, or one by one when they have waited too long. */
export class Waiters {
  private list: { sinceMs: number; settle: (done: boolean) => void }[] = [];

  /** `settle` must not throw. */
  add(sinceMs: number, settle: (done: boolean) => void): void {
    this.list.push({ sinceMs, settle });
  }

  settle(done: boolean): void {
    const settled = this.list;
    this.list = [];
    for (const waiter of settled) waiter.settle(done);
  }

  takeOver(other: Waiters): void {
    this.list.unshift(...other.list);
    other.list = [];
  }

  /** Answers false to those who wait since before `beforeMs`; they stand in order of their coming. */
  expire(beforeMs: number): void {
    while (this.list[0] && this.list[0].sinceMs < beforeMs) this.list.shift()?.settle(false);
  }
}
