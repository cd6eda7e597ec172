import type { Clock } from "@/platform/clock";

/** Far more than a person's page ever says; a program that says more is not heard beyond it. */
const perSecond = 50;
const burst = 100;

/** Bucket of one socket: answers whether its next event is heard. */
export function eventBudget(clock: Clock): () => boolean {
  let left = burst;
  let filledAtMs = clock.monotonicMs();
  return () => {
    const nowMs = clock.monotonicMs();
    left = Math.min(burst, left + ((nowMs - filledAtMs) / 1000) * perSecond);
    filledAtMs = nowMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
