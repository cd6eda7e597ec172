import { durationText } from "../duration-text";
import type { SightOf } from "./agent-kinds";
import { isStopped, withAuthor } from "./news";

/**
 * Came up with a new session, or said that it crashed; the session that follows a crash is the same restart. The first
 * session that an agent ever had is none.
 */
export const sightOfRestartLoop: SightOf<"restart-loop"> = (news, { condition }) => {
  const { at, crashedAt } = news;
  if (isStopped(news)) {
    return { truth: "good", since: at, summary: withAuthor("Stopped on purpose", news), final: true };
  }
  const crashed = news.kind === "agent.crashed";
  const cameUp = news.kind === "agent.connected" && typeof news.data.previousSessionId === "string";
  if (!crashed && !cameUp) return null;
  const counted = crashedAt !== null && at.getTime() - crashedAt.getTime() < condition.windowMs;
  if (cameUp && counted) return null;
  const last = crashed ? (news.reason ?? "it crashed") : "it came up with a new session";
  const summary = `Came up or crashed ${condition.count} times within ${durationText(condition.windowMs)}; at last: ${last}`;
  return { truth: "bad", since: at, summary, count: 1 };
};
