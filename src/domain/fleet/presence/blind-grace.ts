/** Of those who were awaited at first, so many must come back within a window: a crowd that returns, no straggler. */
const leastShare = 1 / 20;
/** The window's share of the grace. */
const windowShare = 1 / 3;

/**
 * The grace after our own blindness: a time in which everybody may come back, prolonged while a crowd is on its way. A
 * server that is short of processor time lets agents in one by one, and who waits at its door is not silent. The
 * prolonging ends by itself: each window takes its share of the crowd, so twenty of them are the most.
 */
export class BlindGrace {
  private readonly leastReturns: number;
  private leftThen: number;
  private progressAtMs: number;

  /** `awaited`: how many are not back at `sinceMs`, by a clock that only runs while we listen. */
  constructor(
    awaited: number,
    private readonly sinceMs: number,
  ) {
    this.leftThen = awaited;
    this.progressAtMs = sinceMs;
    this.leastReturns = Math.max(1, Math.ceil(awaited * leastShare));
  }

  /** `left`: how many are awaited still, at `nowMs`. To be asked several times a window. */
  isOver(left: number, nowMs: number, graceMs: number): boolean {
    if (this.leftThen - left >= this.leastReturns) {
      this.leftThen = left;
      this.progressAtMs = nowMs;
    }
    return nowMs - this.sinceMs >= graceMs && nowMs - this.progressAtMs >= graceMs * windowShare;
  }
}
