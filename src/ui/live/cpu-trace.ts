const slotMs = 30_000;
/** Ten minutes. */
const slots = 20;
/** Stored minutes end with the last whole one: what they lack until the first beat is no silence. */
const bridgedSlots = 4;

/**
 * CPU of the last ten minutes, one mean a half minute: what the row's sparkline draws. A ring of 20 numbers,
 * so that 10,000 agents cost little over a megabyte and a beat costs one addition.
 */
export class CpuTrace {
  private readonly sums = new Float32Array(slots);
  private readonly counts = new Uint16Array(slots);
  private lastSlot = -1;
  private storedTo = -1;
  private cached: (number | null)[] | null = null;

  /** `atMs` on the server's clock; null where the beat told no CPU. Older than ten minutes is not kept. */
  add(atMs: number, cpuPercent: number | null): void {
    const slot = Math.floor(atMs / slotMs);
    if (this.lastSlot !== -1 && slot <= this.lastSlot - slots) return;
    this.moveTo(slot);
    if (cpuPercent === null) return;
    const at = slot % slots;
    this.sums[at] = (this.sums[at] ?? 0) + cpuPercent;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.cached = null;
  }

  /** Means of the past, where nothing has been heard yet: `values` begin at `fromMs`, one every `everyMs`. */
  seed(fromMs: number, everyMs: number, values: readonly (number | null)[]): void {
    values.forEach((value, index) => {
      if (value === null) return;
      const startMs = fromMs + index * everyMs;
      for (let atMs = startMs; atMs < startMs + everyMs; atMs += slotMs) this.fill(atMs, value);
      this.storedTo = Math.floor((startMs + everyMs - 1) / slotMs);
    });
    this.cached = null;
  }

  private fill(atMs: number, value: number): void {
    const slot = Math.floor(atMs / slotMs);
    if (slot > this.lastSlot || slot <= this.lastSlot - slots) return;
    const at = slot % slots;
    if ((this.counts[at] ?? 0) > 0) return;
    this.sums[at] = value;
    this.counts[at] = 1;
  }

  /** The whole ten minutes, oldest first, so that rows have one axis; null where nothing was told. */
  values(): readonly (number | null)[] {
    if (this.cached) return this.cached;
    const all: (number | null)[] = [];
    const firstSlot = this.lastSlot - slots + 1;
    for (let slot = firstSlot; slot <= this.lastSlot; slot += 1) {
      const at = ((slot % slots) + slots) % slots;
      const count = this.counts[at] ?? 0;
      all.push(count === 0 ? null : (this.sums[at] ?? 0) / count);
    }
    if (this.storedTo >= firstSlot) bridge(all, this.storedTo - firstSlot);
    this.cached = all.every((value) => value === null) ? [] : all;
    return this.cached;
  }

  private moveTo(slot: number): void {
    if (slot <= this.lastSlot) return;
    const from = Math.max(this.lastSlot + 1, slot - slots + 1);
    for (let fresh = from; fresh <= slot; fresh += 1) {
      const at = fresh % slots;
      this.sums[at] = 0;
      this.counts[at] = 0;
    }
    this.lastSlot = slot;
    this.cached = null;
  }
}

/** A straight line over a short gap behind `from`. */
function bridge(values: (number | null)[], from: number): void {
  const to = values.findIndex((value, index) => index > from && value !== null);
  const [start, end] = [values[from], values[to]];
  if (to < 0 || to - from - 1 > bridgedSlots || start == null || end == null) return;
  for (let at = from + 1; at < to; at += 1) values[at] = start + ((end - start) * (at - from)) / (to - from);
}
