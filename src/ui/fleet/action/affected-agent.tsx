"use client";

import { shortDuration } from "../../format/duration";
import { useNow } from "../../format/ticker";
import { useAgent } from "../../live/hooks";
import { Avatar } from "../../primitives/avatar";
import { TextLink } from "../../primitives/text-link";
import { StatusShape } from "../../status/shapes";
import { statusKey, statusLook } from "../../status/status-words";
import { nowSentence } from "../board/status-sentence";
import { actionWords } from "./action-words";
import { useOthersIntent } from "./use-others-intent";

/** One agent that the dialog is about, live: what it is, what it does now, and whose hand is on it too. */
export function AffectedAgent({ id, onLeave }: { id: string; onLeave: (agentId: string) => void }) {
  const agent = useAgent(id);
  const nowMs = useNow();
  const intent = useOthersIntent(id);
  if (!agent) return <li className="px-3 py-2 text-muted-foreground text-xs">This agent was removed.</li>;
  const look = statusLook(statusKey(agent.status, agent.activity));
  return (
    <li data-slot="affected-agent" className="px-3 pt-[9px] pb-2.5">
      <div data-tone={look.tone} className="flex items-center gap-2">
        <StatusShape shape={look.shape} className="text-tone" />
        <span className="cut font-strong">{agent.name}</span>
        <span className="mono cut text-muted-foreground">{agent.host}</span>
        <span className="ml-auto font-strong text-tone text-xs">{look.word}</span>
      </div>
      <dl className="mt-[3px] ml-[22px] grid grid-cols-[34px_1fr] text-xs leading-[18px]">
        <dt className="text-faint-foreground">Now</dt>
        <dd className="num min-w-0 break-words text-muted-foreground">{nowSentence(agent, nowMs)}</dd>
      </dl>
      {intent ? (
        <div
          data-tone="hand"
          role="status"
          className="tinted mt-2 flex items-center gap-x-2.5 gap-y-1 rounded-md border border-tone/30 px-2.5 py-1.5 text-xs max-md:flex-wrap"
        >
          <Avatar name={intent.user.name} size="xs" hand decorative />
          <span className="min-w-0 flex-1">
            <b className="font-strong text-hand">
              {intent.user.name} has this agent open in a {actionWords[intent.kind].dialog} too
            </b>
            {nowMs > 0 ? <span className="num">, for {shortDuration(nowMs - intent.since)}</span> : null}
            {intent.reason ? <span className="text-muted-foreground"> · “{intent.reason}”</span> : null}
          </span>
          <TextLink className="shrink-0 max-md:ml-7 max-md:min-h-9" onClick={() => onLeave(id)}>
            Leave it to {intent.user.name}
          </TextLink>
        </div>
      ) : null}
    </li>
  );
}
