import type { AlertStory } from "@/contracts/watch/story";

/** A try takes its time: what was said to happen is looked for a little later. */
const afterMs = 700;
/** What should have happened and did not is not asked about more often. */
const leastMs = 2_000;
/** Browsers count longer timers wrongly, and nobody watches one alert for a day. */
const mostMs = 86_400_000;

/**
 * When a story goes on by its own words, from now in ms: the next try of a message, or the end of what held it, a repeat or an escalation.
 * Null: not before something happens.
 */
export function nextStoryLookMs(
  { entries, next }: Pick<AlertStory, "entries" | "next">,
  nowMs: number,
): number | null {
  const coming = next.flatMap((one) => {
    const at = one.kind === "held" ? one.until : one.at;
    return at === null ? [] : [Date.parse(at)];
  });
  const passing = entries.flatMap((entry) => {
    if (entry.kind === "message" && entry.message.state === "pending") {
      return [entry.message.nextAttemptAt === null ? nowMs : Date.parse(entry.message.nextAttemptAt)];
    }
    if (entry.kind !== "step" || entry.step.until === null) return [];
    const untilMs = Date.parse(entry.step.until);
    return untilMs > nowMs ? [untilMs] : [];
  });
  const moments = [...coming, ...passing];
  if (moments.length === 0) return null;
  return Math.min(mostMs, Math.max(leastMs, Math.min(...moments) - nowMs + afterMs));
}
