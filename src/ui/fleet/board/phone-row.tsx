"use client";

import { BellRing } from "lucide-react";
import Link from "next/link";
import { RelativeTime } from "../../format/time";
import { asksForSomebody, takenBy } from "../../live/asks";
import { useAgent, useAlertOn } from "../../live/hooks";
import { cn } from "../../primitives/class-names";
import { StatusShape } from "../../status/shapes";
import { statusKey, statusLook } from "../../status/status-words";
import { NowCell } from "./now-cell";

/** Name, status and age, one line of what it does, and one of the alert that fires. A tap opens the agent. */
export function PhoneRow({ id }: { id: string }) {
  const agent = useAgent(id);
  if (!agent) return null;
  const look = statusLook(statusKey(agent.status, agent.activity));
  return (
    <article
      data-tone={look.tone}
      data-agent={agent.name}
      className="relative flex min-h-15 items-start gap-3 py-2 pr-4 pl-6 after:absolute after:right-4 after:bottom-0 after:left-[52px] after:h-px after:bg-border"
    >
      <StatusShape shape={look.shape} className="mt-1 size-4 text-tone" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <Link
            prefetch={false}
            href={`/agents/${id}`}
            className="cut flex-1 font-strong text-[15px] after:absolute after:inset-0 after:content-['']"
          >
            {agent.name}
          </Link>
          <span className="shrink-0 text-muted-foreground text-xs">
            <span className={cn("font-strong", look.loud ? "text-tone" : "text-muted-foreground")}>
              {look.word.replace("…", "")}
            </span>
            {agent.lastBeatAt ? (
              <>
                {" · "}
                <RelativeTime at={agent.lastBeatAt} />
              </>
            ) : null}
          </span>
        </div>
        <div className="num relative z-1 mt-px text-muted-foreground text-sm leading-[19px]">
          <NowCell id={id} />
        </div>
        <AlertLine agentId={id} />
      </div>
    </article>
  );
}

/** Why an agent that looks well stands among those that need a look. */
function AlertLine({ agentId }: { agentId: string }) {
  const alert = useAlertOn(agentId);
  if (!alert) return null;
  return (
    <p className="flex items-center gap-1.5 text-muted-foreground text-xs leading-[19px]">
      <BellRing
        aria-hidden="true"
        className={cn("size-3.5 shrink-0", asksForSomebody(alert) && "text-status-offline")}
      />
      <span className="cut">
        <span className="sr-only">Alert: </span>
        {alert.ruleName}, {takenBy(alert)}
      </span>
    </p>
  );
}
