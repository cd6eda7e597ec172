/** What falls due when, soonest first. What was planned anew stays in as an old entry; the reader passes those over. */
export class DueHeap<Item> {
  private readonly entries: { atMs: number; item: Item }[] = [];

  add(atMs: number, item: Item): void {
    const { entries } = this;
    let place = entries.push({ atMs, item }) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (this.timeOf(above) <= this.timeOf(place)) return;
      this.swap(above, place);
      place = above;
    }
  }

  /** The soonest moment; infinity when nothing is planned. */
  soonest(): number {
    return this.timeOf(0);
  }

  take(): { atMs: number; item: Item } | undefined {
    const { entries } = this;
    const [first] = entries;
    const last = entries.pop();
    if (!first || !last || entries.length === 0) return first;
    entries[0] = last;
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const less = this.timeOf(left + 1) < this.timeOf(left) ? left + 1 : left;
      if (this.timeOf(less) >= this.timeOf(place)) return first;
      this.swap(less, place);
      place = less;
    }
  }

  private timeOf(place: number): number {
    return this.entries[place]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  private swap(a: number, b: number): void {
    const [one, other] = [this.entries[a], this.entries[b]];
    if (!one || !other) return;
    this.entries[a] = other;
    this.entries[b] = one;
  }
}
