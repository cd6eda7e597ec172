import type { Source } from "./stage";

/**
 * So long after its end an alert about many agents mutes those that fell before: they come back one after the other,
 * and the last ones shall not be told of in that moment. Longer than `mc run` waits between two tries to connect.
 */
export const comeBackMs = 15_000;
/**
 * Longer while they do come back: the last of them no more than so long ago. A server under load lets them in one by one,
 * and judges some seconds later that they are back.
 */
export const stragglerMs = 10_000;
/** But who is not back so long after the end of all that spoke for it is told of, whoever else returns. */
export const mostComeBackMs = 120_000;

/** Until when those that fell before are waited for, epoch ms; null while the source fires in earnest. */
export function comeBackUntilMs({
  endedAtMs,
  lastBackAtMs,
}: Pick<Source, "endedAtMs" | "lastBackAtMs">): number | null {
  if (endedAtMs === null) return null;
  const whileTheyReturn = (lastBackAtMs ?? endedAtMs) + stragglerMs;
  return Math.min(Math.max(endedAtMs + comeBackMs, whileTheyReturn), endedAtMs + mostComeBackMs);
}
