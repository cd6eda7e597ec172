"use client";

import type { Agent } from "@/contracts/fleet/agent";
import { formatDuration } from "../../format/duration";
import { toMs } from "../../format/instant";
import { useNow } from "../../format/ticker";
import { deadlineWord } from "./last-word";

/** Whether a command would have to wait for this agent. One that was stopped may have a supervisor that still beats. */
export function isAway({ status, lastBeatAt, evidence }: Agent, nowMs: number): boolean {
  if (status === "offline" || status === "unknown" || status === "never-connected") return true;
  return status === "stopped" && (!lastBeatAt || nowMs - toMs(lastBeatAt) > evidence.silentAfterMs);
}

/** Said before it is sent: nothing happens now, and until when it may happen still. */
export function AwayNote({ agent, waitMs }: { agent: Agent; waitMs: number }) {
  const nowMs = useNow();
  if (!isAway(agent, nowMs)) return null;
  return (
    <p data-slot="away-note" data-tone="waiting" className="num mt-1 ml-[22px] text-xs">
      <b className="font-strong text-tone">
        {agent.status === "unknown" ? "It may be away." : "It is away, so nothing happens now."}
      </b>{" "}
      The command waits {formatDuration(waitMs)} for it, until {deadlineWord(nowMs + waitMs, nowMs)}, and then
      expires without being done.
    </p>
  );
}
