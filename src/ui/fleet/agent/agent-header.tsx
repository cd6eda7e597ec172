"use client";

import type { Agent } from "@/contracts/fleet/agent";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { cn } from "../../primitives/class-names";
import { EvidencePopover } from "../../status/evidence-popover";
import { StatusBadge } from "../../status/status-badge";
import { statusKey, statusLook } from "../../status/status-words";
import { AgentEvidence } from "../board/agent-evidence";
import { nowSentence } from "../board/status-sentence";
import { AgentActions } from "./agent-actions";

/** Name, status and the sentence that proves it. */
export function AgentHeader({ agent }: { agent: Agent }) {
  const nowMs = useNow();
  const look = statusLook(statusKey(agent.status, agent.activity));
  const { evidence } = agent;
  return (
    <header className="shrink-0 border-b px-5 pt-3.5 pb-3 max-md:border-b-0 max-md:px-4 max-md:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {/* On a phone it has a line of its own: the bar above shares its width with the freshness pill. */}
        <h1 className="min-w-0 break-words text-xl max-md:basis-full">{agent.name}</h1>
        <EvidencePopover evidence={<AgentEvidence id={agent.id} />}>
          <StatusBadge status={agent.status} activity={agent.activity} variant="tinted" size="lg" />
        </EvidencePopover>
        <span
          data-tone={look.tone}
          className={cn("num font-medium", look.loud ? "text-tone" : "text-muted-foreground")}
        >
          {nowSentence(agent, nowMs)}
        </span>
        <span className="flex gap-1">
          {agent.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
        <div className="ml-auto max-md:hidden">
          <AgentActions agent={agent} />
        </div>
      </div>
      <p className="num mt-1.5 text-muted-foreground">
        {evidence.lastBeatAt ? (
          <>
            Last beat{" "}
            <RelativeTime at={evidence.lastBeatAt} suffix="ago" className="font-strong text-foreground" />
          </>
        ) : (
          "Never heard"
        )}
        {evidence.keyPrefix ? (
          <>
            {" "}
            by key <span className="mono text-foreground">{evidence.keyPrefix}…</span>
          </>
        ) : null}
        {evidence.host ? (
          <>
            {" "}
            from host <span className="mono text-foreground">{evidence.host}</span>
          </>
        ) : null}
        {evidence.sessionId ? ` · session ${evidence.sessionId}` : ""}
        {agent.commandLine ? (
          <>
            {" · "}
            <span className="mono break-all">{agent.commandLine}</span>
          </>
        ) : null}
      </p>
    </header>
  );
}
