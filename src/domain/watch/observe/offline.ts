import type { SightOf } from "./agent-kinds";
import { isBack, isStopped, type News, withAuthor } from "./news";

/**
 * Fell silent although nobody asked it to stop. `unknown` ends nothing: when we can't see, we don't claim that the
 * trouble is over.
 */
export const sightOfOffline: SightOf<"offline"> = (news) => {
  if (news.kind === "agent.went_offline") {
    const summary = `The agent fell silent${news.task ? `; it last said: ${news.task}` : ""}`;
    return { truth: "bad", since: silentSince(news), summary, lastKnown: news.lastKnown };
  }
  const over = { truth: "good", since: news.at } as const;
  if (isStopped(news)) return { ...over, summary: withAuthor("Stopped on purpose", news), final: true };
  return isBack(news) ? { ...over, summary: "Back online" } : null;
};

/**
 * Since its last beat; but since now for one whom we did not hear after our own blindness: when it fell silent while
 * nobody watched is not known, and time in which we saw nothing begins no alert.
 */
export function silentSince({ statusBefore, lastBeatAt, statusSince, at }: News): Date {
  if (statusBefore === "unknown") return at;
  const since = lastBeatAt ?? statusSince ?? at;
  return since < at ? since : at;
}
