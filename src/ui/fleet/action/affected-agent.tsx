"use client";

import type { Command } from "@/contracts/fleet/command";
import { shortDuration } from "../../format/duration";
import { useNow } from "../../format/ticker";
import { useAgent } from "../../live/hooks";
import { TextLink } from "../../primitives/text-link";
import { StatusShape } from "../../status/shapes";
import { statusKey, statusLook } from "../../status/status-words";
import { nowSentence } from "../board/status-sentence";
import { actionWords } from "./action-words";
import { AwayNote } from "./away-note";
import { CommandNote } from "./command-note";
import { HandNote } from "./hand-note";
import { useCommandOn } from "./use-commands-on";
import { useOthersIntent } from "./use-others-intent";

export interface AffectedAgentProps {
  id: string;
  /** How long the command would wait for an agent that is away. */
  waitMs: number;
  /** This dialog is being sent: what is under way now may be its own. */
  sending: boolean;
  /** What others did to agents of this dialog since it opened. */
  meanwhile: readonly Command[];
  onLeave: (agentId: string) => void;
}

/** One agent that the dialog is about, live: what it is, what it does now, and whose hand is on it too. */
export function AffectedAgent({ id, waitMs, sending, meanwhile, onLeave }: AffectedAgentProps) {
  const agent = useAgent(id);
  const nowMs = useNow();
  const intent = useOthersIntent(id);
  const command = useCommandOn(id, meanwhile);
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
      <AwayNote agent={agent} waitMs={waitMs} />
      {command && !sending ? <CommandNote command={command} onLeave={() => onLeave(id)} /> : null}
      {intent ? (
        <HandNote
          person={intent.user.name}
          tone="hand"
          actions={<TextLink onClick={() => onLeave(id)}>Leave it to {intent.user.name}</TextLink>}
        >
          <b>
            {intent.user.name} has this agent open in a {actionWords[intent.kind].dialog} too
          </b>
          {nowMs > 0 ? `, for ${shortDuration(nowMs - intent.since)}` : null}
          {intent.reason ? <span className="text-muted-foreground"> · “{intent.reason}”</span> : null}
        </HandNote>
      ) : null}
    </li>
  );
}
