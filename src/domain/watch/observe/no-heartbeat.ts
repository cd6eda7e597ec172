import type { SightOf } from "./agent-kinds";
import { isBack, isStopped } from "./news";
import { silentSince } from "./offline";

/** No beat, whatever the reason, also when it was stopped on purpose: how long is the judgement's to count. */
export const sightOfNoHeartbeat: SightOf<"no-heartbeat"> = (news) => {
  const { at, lastKnown } = news;
  if (news.kind === "agent.went_offline") {
    return { truth: "bad", since: silentSince(news), summary: "No heartbeat any more", lastKnown };
  }
  if (isStopped(news)) {
    return { truth: "bad", since: at, summary: "No heartbeat since it was stopped", lastKnown };
  }
  return isBack(news) ? { truth: "good", since: at, summary: "It beats again" } : null;
};
