import type { Clock } from "@/platform/clock";
import type { Log } from "@/platform/log";
import type { Mail, Mailer } from "@/platform/mail";

/** A letter about the fact `seq`, which happened at `atMs` of the wall clock. */
export type WaitingLetter = { seq: number; atMs: number; mail: Mail };

/** No news any more: whoever was concerned has noticed, or reads it in the audit log. */
export const oldestMs = 24 * 60 * 60_000;
/** So many failures in a row are the server's; the rest waits for the next turn. */
const mostFailures = 3;

/** Letters that are not out yet, in memory: the cursor stays before the oldest, so a crash reads them anew. */
export class WaitingLetters {
  private waiting: (WaitingLetter & { tries: number; dueMs: number })[] = [];

  constructor(
    private readonly parts: { mailer: Mailer; clock: Clock; log: Log },
    /** Waits between the tries of a letter; the last of them goes on until the letter is too old. */
    private readonly retryMs: readonly number[],
  ) {}

  get size(): number {
    return this.waiting.length;
  }

  /** `seq` of the oldest fact with a letter that is not out; null when all are. */
  oldestSeq(): number | null {
    return this.waiting.length > 0 ? Math.min(...this.waiting.map(({ seq }) => seq)) : null;
  }

  add(letter: WaitingLetter): void {
    this.waiting.push({ ...letter, tries: 0, dueMs: 0 });
  }

  /** Tries each letter that is due, one after the other; `onGone` is awaited after each that is out or given up. */
  async sendDue(signal: AbortSignal, onGone: () => Promise<void>): Promise<void> {
    const { clock, log, mailer } = this.parts;
    let failures = 0;
    for (const letter of this.waiting.filter(({ dueMs }) => dueMs <= clock.monotonicMs())) {
      if (signal.aborted || failures >= mostFailures) return;
      const tooOld = clock.nowMs() - letter.atMs > oldestMs;
      const failed = tooOld ? null : await mailer.send(letter.mail);
      if (failed && !failed.final) {
        failures += 1;
        const pauseMs = this.retryMs[Math.min(letter.tries, this.retryMs.length - 1)] ?? 0;
        letter.tries += 1;
        letter.dueMs = clock.monotonicMs() + pauseMs;
        log.warn({ failure: failed.failure, againInMs: pauseMs }, "A letter about an account was not taken.");
        continue;
      }
      failures = 0;
      if (failed || tooOld) {
        log.error({ fact: letter.seq, failure: failed?.failure }, "A letter about an account was given up.");
      }
      this.waiting = this.waiting.filter((other) => other !== letter);
      await onGone();
    }
  }
}
