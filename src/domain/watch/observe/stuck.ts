import type { SightOf } from "./agent-kinds";

/**
 * Beats and has work, but makes no progress: read from the activity that a fact brings, whichever kind, so that a
 * restart, a silence or a goodbye ends it too. Out of our sight it stays as it was.
 */
export const sightOfStuck: SightOf<"stuck"> = (news) => {
  const { activity, status, at, task, progressAt } = news;
  if (activity === "stuck") {
    const since = progressAt && progressAt < at ? progressAt : at;
    const summary = task ? `No progress on: ${task}` : "It beats, but makes no progress";
    return { truth: "bad", since, summary, lastKnown: news.lastKnown };
  }
  if (activity === undefined || status === "unknown") return null;
  const summary = status && status !== "online" ? `It is ${status} now` : "It makes progress again";
  return { truth: "good", since: at, summary };
};
