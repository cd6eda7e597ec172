import { tooMany } from "@/domain/kernel";
import type { Clock } from "@/platform/clock";

const most = 5;
const windowMs = 5 * 60_000;
/** Names that are remembered; an attacker with more of them pushes out the oldest, never the memory. */
const mostKeys = 20_000;

/** Limits guesses: five within five minutes for each place and name. What succeeded does not count. */
export interface Attempts {
  /** Counts one; throws `too-many` with the time to wait when there were five. */
  take(key: string): void;
  /** Forgets the key's attempts: this one succeeded. */
  forget(key: string): void;
}

/** In memory, so each instance counts for itself: with n instances, n times as many guesses. */
export function createAttempts(clock: Clock): Attempts {
  const byKey = new Map<string, number[]>();
  return {
    take(key) {
      const nowMs = clock.monotonicMs();
      const recent = (byKey.get(key) ?? []).filter((atMs) => nowMs - atMs < windowMs);
      byKey.delete(key);
      byKey.set(key, recent);
      const [oldest] = recent;
      if (recent.length >= most && oldest !== undefined) {
        const waitMs = Math.max(1_000, windowMs - (nowMs - oldest));
        throw tooMany(
          `Too many attempts: ${most} failed within five minutes. Try again in ${inWords(waitMs)}.`,
          waitMs,
        );
      }
      recent.push(nowMs);
      if (byKey.size > mostKeys) for (const key of byKey.keys()) if (byKey.delete(key)) break;
    },
    forget: (key) => void byKey.delete(key),
  };
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds <= 60) return seconds === 1 ? "a second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
