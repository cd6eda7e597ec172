import type { Clock } from "@/platform/clock";

/**
 * Saves how far a reader of the log is, at most every `everyMs`: facts that mean nothing to it pass by hundreds a
 * second, and each saving is a commit beside those that people wait for. What was not saved is read once more after
 * a crash. `durable` is how far the reader's own work has moved the stored cursor already.
 */
export function sparingCursor(
  clock: Pick<Clock, "monotonicMs">,
  everyMs: number,
  save: (seq: number) => Promise<void>,
): { follow(seq: number, durable: number): Promise<void> } {
  let savedSeq = 0;
  let savedAtMs = Number.NEGATIVE_INFINITY;
  return {
    async follow(seq, durable) {
      savedSeq = Math.max(savedSeq, durable);
      const nowMs = clock.monotonicMs();
      if (seq <= savedSeq || nowMs - savedAtMs < everyMs) return;
      await save(seq);
      savedSeq = seq;
      savedAtMs = nowMs;
    },
  };
}
