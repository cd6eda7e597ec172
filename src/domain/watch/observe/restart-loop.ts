import { durationText } from "../duration-text";
import type { SightOf } from "./agent-kinds";
import { isStopped, withAuthor } from "./news";

/** Came up with a new session, or said that it crashed. The first session that an agent ever had is no restart. */
export const sightOfRestartLoop: SightOf<"restart-loop"> = (news, { condition }) => {
  const { at } = news;
  if (isStopped(news)) {
    return { truth: "good", since: at, summary: withAuthor("Stopped on purpose", news), final: true };
  }
  const crashed = news.kind === "agent.crashed";
  const cameUp = news.kind === "agent.connected" && typeof news.data.previousSessionId === "string";
  if (!crashed && !cameUp) return null;
  const last = crashed ? (news.reason ?? "it crashed") : "it came up with a new session";
  const summary = `Came up or crashed ${condition.count} times within ${durationText(condition.windowMs)}; at last: ${last}`;
  return { truth: "bad", since: at, summary, count: 1 };
};
