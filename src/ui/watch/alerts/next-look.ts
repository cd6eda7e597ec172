const minuteMs = 60_000;
/** A minute is judged shortly after it has closed. */
const judgedAfterMs = 5_000;
/** What fires is written a moment after its time. */
const firedAfterMs = 700;
const leastMs = 2_000;

/** How long until pending trouble may stand differently: the next one fires, or the current minute is judged. */
export function nextLookMs(nowMs: number, firesAt: readonly (string | null)[]): number {
  const minute = Math.ceil((nowMs - judgedAfterMs + 1) / minuteMs) * minuteMs + judgedAfterMs;
  const fires = firesAt.flatMap((at) => (at === null ? [] : [Date.parse(at) + firedAfterMs]));
  const next = Math.min(minute, ...fires.filter((ms) => ms > nowMs));
  return Math.max(leastMs, next - nowMs);
}
