/** Longer than any try takes that nothing keeps back. */
const graceMs = 15_000;

/** Whether a message is due for long and still not tried: something goes before it. */
export function waitsItsTurn(nextAttemptAt: string | null, nowMs: number): boolean {
  return nextAttemptAt !== null && nowMs > 0 && nowMs - Date.parse(nextAttemptAt) > graceMs;
}

export const whyItWaits =
  "An older message goes first, or the channel is left alone for a while after failures.";
